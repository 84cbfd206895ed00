package dev.stepwell.engine.expression;

import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import dev.cel.parser.CelStandardMacro;
import java.util.Optional;

/** An expression that has been compiled. Immutable, for use by any thread. */
public final class Expression {

  /** Characters of a text at most. */
  public static final int TEXT_MAX = 8_192;

  private static final int DEPTH_MAX = 64;
  private static final int NODES_MAX = 10_000;

  /** Of an evaluation; some tens of milliseconds. */
  private static final long PIECES_MAX = 1_000_000;

  private static final CelParser PARSER =
      CelParserFactory.standardCelParserBuilder()
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .setOptions(
              CelOptions.current()
                  .maxExpressionCodePointSize(TEXT_MAX)
                  .maxParseRecursionDepth(DEPTH_MAX)
                  .maxParseExpressionNodeCount(NODES_MAX)
                  .build())
          .build();

  private final String text;
  private final CelExpr root;

  private Expression(String text, CelExpr root) {
    this.text = text;
    this.root = root;
  }

  /**
   * Compiles a text.
   *
   * @throws InvalidExpressionException if it is too long or too deep, is malformed, or names a
   *     variable or function that there is not
   */
  public static Expression compile(String text) throws InvalidExpressionException {
    try {
      var root = PARSER.parse(text).getAst().getExpr();
      var unknown = Names.unknown(root, Scope.NAMES);
      if (unknown.isPresent()) {
        throw new InvalidExpressionException(unknown.get());
      }
      return new Expression(text, root);
    } catch (CelValidationException e) {
      throw new InvalidExpressionException(String.valueOf(e.getMessage()));
    }
  }

  /** Whether it is true. What has no value is not, and neither is what is missing. */
  public boolean holds(Scope scope) {
    try {
      return Boolean.TRUE.equals(value(scope));
    } catch (EvaluationException _) {
      return false;
    }
  }

  /**
   * Its value as a text, by which things are told apart.
   *
   * @return empty if it leads to what is missing
   * @throws EvaluationException if it has no value, or one with parts
   */
  public Optional<String> text(Scope scope) throws EvaluationException {
    var value = value(scope);
    return value == Nothing.MISSING ? Optional.empty() : Optional.of(Texts.of(value));
  }

  private Object value(Scope scope) throws EvaluationException {
    try {
      return new Evaluation(scope, new Budget(PIECES_MAX)).value(root);
    } catch (StackOverflowError _) {
      throw new EvaluationException("the expression is too deep");
    }
  }

  /** The text as it was given. */
  @Override
  public String toString() {
    return text;
  }
}
