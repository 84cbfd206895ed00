package dev.stepwell.gateway.problem;

/** Carries a problem out of the depth of a parser; it never leaves the method that began there. */
public final class ProblemException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public ProblemException(Problem problem) {
    // No stack trace: it is the sender's mistake, and senders may make many.
    super(problem.sentence(), null, false, false);
    this.problem = problem;
  }

  public ProblemException(Code code, String sentence) {
    this(Problem.of(code, sentence));
  }

  public Problem problem() {
    return problem;
  }
}
