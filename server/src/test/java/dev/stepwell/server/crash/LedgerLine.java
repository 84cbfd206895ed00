package dev.stepwell.server.crash;

/**
 * One thing that a step's code did.
 *
 * @param life of the server, counted from 1
 * @param wallMillis when, by the machine's clock
 * @param token at a beginning, what the code was given of earlier steps; at an end, what it
 *     returned
 */
record LedgerLine(
    int life,
    long wallMillis,
    String runId,
    String function,
    String key,
    String step,
    Mark mark,
    String token) {

  enum Mark {
    BEGIN,
    END,
    /** The code threw. */
    FAIL
  }

  private static final int FIELDS = 8;

  String text() {
    return String.join(
        "|",
        Integer.toString(life),
        Long.toString(wallMillis),
        runId,
        function,
        key,
        step,
        mark.name(),
        token);
  }

  static LedgerLine parse(String text) {
    var fields = text.split("\\|", -1);
    if (fields.length != FIELDS) {
      throw new IllegalArgumentException("not a line of the ledger: '" + text + "'");
    }
    return new LedgerLine(
        Integer.parseInt(fields[0]),
        Long.parseLong(fields[1]),
        fields[2],
        fields[3],
        fields[4],
        fields[5],
        Mark.valueOf(fields[6]),
        fields[7]);
  }

  boolean is(String someStep, Mark someMark) {
    return step.equals(someStep) && mark == someMark;
  }
}
