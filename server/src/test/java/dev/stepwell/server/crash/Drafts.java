package dev.stepwell.server.crash;

import dev.stepwell.server.crash.Asked.Answers;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Makes up events and requests by chance, and remembers what they ask for. */
final class Drafts {

  /** An event in the form in which it is sent, and what follows it. */
  record Draft(String key, boolean hasUserId, String json, List<Request.Follower> then) {}

  private static final int SEED_BYTES = 10;
  private static final double WITH_USER_ID = 0.85;
  private static final double TWO_ANSWERS = 0.3;
  private static final long PATIENT_MILLIS = 3_600_000;

  private final RandomGenerator chance;
  private final long nowMillis;
  private final Map<String, Asked> asked = new HashMap<>();

  Drafts(RandomGenerator chance, long nowMillis) {
    this.chance = chance;
    this.nowMillis = nowMillis;
  }

  Map<String, Asked> asked() {
    return asked;
  }

  /** Any event but a question that is answered too early. */
  Draft draft(String key) {
    return switch (chance.nextInt(10)) {
      case 0, 1, 2 -> plain(key, CrashFunctions.WORK, "crash/work", 0, "");
      case 3, 4 -> {
        var millis = chance.nextInt(1_000, 3_000);
        yield plain(key, CrashFunctions.NAP, "crash/nap", millis, ",\"millis\":" + millis);
      }
      case 5, 6 -> plain(key, CrashFunctions.CALL, "crash/call", 0, "");
      case 7, 8 -> answered(key);
      default -> question(key, Answers.NEVER, chance.nextLong(1_500, 4_000), List.of());
    };
  }

  private Draft plain(String key, String function, String event, long pauseMillis, String data) {
    asked.put(key, new Asked(key, function, pauseMillis, Answers.NOT_APPLICABLE));
    return draft(key, event, data, chance.nextDouble() < WITH_USER_ID, List.of());
  }

  /** A question whose answer comes before the wait for it, or some seconds after it. */
  private Draft answered(String key) {
    var answers = new ArrayList<Request.Follower>();
    answers.add(new Request.Follower(chance.nextLong(3_000), answer(key, "a")));
    if (chance.nextDouble() < TWO_ANSWERS) {
      answers.add(new Request.Follower(chance.nextLong(3_000), answer(key, "b")));
    }
    return question(key, Answers.IN_TIME, PATIENT_MILLIS, answers);
  }

  /** An answer and, once it is acknowledged, the question. */
  Request answeredTooEarly(String key) {
    var question = question(key, Answers.TOO_EARLY, chance.nextLong(1_500, 3_000), List.of());
    var asking = request(List.of(question), true);
    var answer = answer(key, "early");
    return new Request(
        answer.seed(),
        answer.body(),
        answer.keys(),
        answer.events(),
        true,
        List.of(new Request.Follower(0, asking)));
  }

  private Draft question(
      String key, Answers answers, long atMostMillis, List<Request.Follower> then) {
    asked.put(key, new Asked(key, CrashFunctions.QUESTION, atMostMillis, answers));
    var data =
        ",\"workMillis\":%d,\"atMostMillis\":%d".formatted(chance.nextLong(300), atMostMillis);
    return draft(key, "crash/question", data, chance.nextDouble() < WITH_USER_ID, then);
  }

  private Request answer(String key, String text) {
    var data = ",\"text\":\"" + text + "\"";
    var event = draft(key, "crash/answer", data, false, List.of());
    return request(List.of(new Draft(Asked.answerTo(key), false, event.json(), List.of())), true);
  }

  private static Draft draft(
      String key, String event, String data, boolean hasUserId, List<Request.Follower> then) {
    var id = hasUserId ? ",\"id\":\"u-" + key + "\"" : "";
    var json = "{\"name\":\"%s\"%s,\"data\":{\"key\":\"%s\"%s}}".formatted(event, id, key, data);
    return new Draft(key, hasUserId, json, then);
  }

  /** A request with these events, whose ids are those of no other request. */
  Request request(List<Draft> drafts, boolean insistent) {
    return new Request(
        seed(),
        "[" + String.join(",", drafts.stream().map(Draft::json).toList()) + "]",
        drafts.stream().map(Draft::key).distinct().toList(),
        drafts.size(),
        insistent,
        drafts.stream().distinct().flatMap(draft -> draft.then().stream()).toList());
  }

  private String seed() {
    var entropy = new byte[SEED_BYTES];
    chance.nextBytes(entropy);
    return nowMillis + "," + Base64.getEncoder().encodeToString(entropy);
  }
}
