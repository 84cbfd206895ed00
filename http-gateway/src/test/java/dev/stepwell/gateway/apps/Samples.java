package dev.stepwell.gateway.apps;

/** Bodies as SDKs send them to register. */
final class Samples {

  /** The TypeScript SDK 4, with what it leaves out left out. */
  static final String TYPESCRIPT =
      """
      {"url":"http://localhost:3000/api/inngest","deployType":"ping","framework":"express",
       "appName":"shop","functions":[
         {"id":"shop-order","name":"Order","triggers":[{"event":"order/placed"},
            {"event":"order/changed","expression":"event.data.kind == 'urgent'"},
            {"event":"inngest/function.invoked"}],
          "steps":{"step":{"id":"step","name":"step","runtime":{"type":"http",
             "url":"http://localhost:3000/api/inngest?fnId=shop-order&stepId=step"},
             "retries":{"attempts":3}}},
          "concurrency":[{"limit":2,"key":"event.data.customer"}]},
         {"id":"shop-order-failure","name":"Order (failure)",
          "triggers":[{"event":"inngest/function.failed",
             "expression":"event.data.function_id == 'shop-order'"}],
          "steps":{"step":{"id":"step","name":"step","runtime":{"type":"http",
             "url":"http://localhost:3000/api/inngest?fnId=shop-order-failure&stepId=step"},
             "retries":{"attempts":1}}}}],
       "sdk":"js:v4.18.1","v":"0.1","capabilities":{"trust_probe":"v1","connect":"v1"},
       "featureObservations":{"seen":17}}
      """;

  /** The Python SDK: names in its own case, no nulls, no retries unless they are said. */
  static final String PYTHON =
      """
      {"appname":"ledger","deploy_type":"ping","framework":"flask","sdk":"py:v0.5.9","v":"0.1",
       "url":"http://127.0.0.1:8000/api/inngest","functions":[
         {"id":"ledger-nightly","name":"Nightly","triggers":[
            {"cron":"TZ=Europe/Paris 0 3 * * *"}],
          "steps":{"step":{"id":"step","name":"step","runtime":{"type":"http",
             "url":"http://127.0.0.1:8000/api/inngest?fnId=ledger-nightly&stepId=step"}}},
          "concurrency":[{"limit":5}],"throttle":{"limit":1,"period":"1m"}}]}
      """;

  /** The Go SDK: everything there is, empty or null where it is not said. */
  static final String GO =
      """
      {"v":"1","url":"http://localhost:8080/api/inngest?deployId=","deployType":"ping",
       "sdk":"go:v0.14.1","framework":"","appName":"mail","appVersion":"","headers":{},
       "idempotencyKey":"","functions":[
         {"name":"","id":"mail-send","priority":null,"concurrency":{"step":[
            {"limit":10,"key":null,"scope":"fn"}],"fn":[]},"idempotency":null,"throttle":null,
          "triggers":[{"event":"mail/*","expression":"event.data.to != null"}],
          "rateLimit":null,"cancel":null,"debounce":null,"timeouts":{"start":null,"finish":""},
          "batchEvents":null,"steps":{"step":{"id":"step","name":"Send","retries":{"attempts":0},
            "runtime":{"type":"http",
              "url":"http://localhost:8080/api/inngest?fnId=mail-send&stepId=step"}}}}]}
      """;

  private Samples() {}

  /** An app with one function that has these members beside an id and a place. */
  static String function(String members) {
    return app("{\"id\":\"a-f\",%s,%s}".formatted(members, PLACE));
  }

  static final String PLACE =
      "\"steps\":{\"step\":{\"runtime\":{\"url\":\"http://a/x?fnId=a-f\"}}}";

  static String app(String functions) {
    return "{\"appName\":\"a\",\"url\":\"http://a/x\",\"functions\":[" + functions + "]}";
  }
}
