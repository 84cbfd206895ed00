package dev.stepwell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the compiler does not let an author write. */
class MisuseTest {

  @TempDir private Path classes;

  @Test
  void theRightLinesCompile() {
    assertThat(
            errorsIn(
                """
                step.waitFor("w", Placed.class).where(Placed::id).is("o-1").atMost(Duration.ofDays(1));
                FunctionSpec.onEvent("f", Placed.class).where(Placed::amount).is(3);
                step.send("s", List.of(new Placed("o-1", 3), new Shipped("o-1")));
                step.invoke("i", Ship.class, new Placed("o-1", 3)).id();
                """))
        .isEmpty();
  }

  @Test
  void aWaitForAValueOfAnotherType() {
    assertThat(errorsIn("step.waitFor(\"w\", Placed.class).where(Placed::id).is(42);"))
        .contains("int cannot be converted to java.lang.String");
  }

  @Test
  void aWaitForAComponentOfAnotherEvent() {
    assertThat(errorsIn("step.waitFor(\"w\", Shipped.class).where(Placed::amount);"))
        .contains("invalid method reference");
  }

  @Test
  void aWaitWithoutAnEnd() {
    assertThat(errorsIn("Optional<Placed> p = step.waitFor(\"w\", Placed.class);"))
        .contains("conforms to java.util.Optional");
  }

  @Test
  void aTriggerOnAValueOfAnotherType() {
    assertThat(
            errorsIn("FunctionSpec.onEvent(\"f\", Placed.class).where(Placed::amount).is(\"3\");"))
        .contains("String cannot be converted to java.lang.Integer");
  }

  @Test
  void anEventThatIsNoRecord() {
    assertThat(errorsIn("step.send(\"s\", \"order/placed\");")).contains("no suitable method");
  }

  @Test
  void anInvocationWithTheEventOfAnotherFunction() {
    assertThat(errorsIn("step.invoke(\"i\", Ship.class, new Shipped(\"o-1\"));"))
        .contains("no suitable method");
  }

  private String errorsIn(String lines) {
    var source =
        """
        import dev.stepwell.*;
        import java.time.*;
        import java.util.*;
        class Author {
          record Placed(String id, int amount) {}
          record Shipped(String id) {}
          abstract static class Ship implements DurableFunction<Placed, Shipped> {}
          void run(Steps step) {
            %s
          }
        }
        """
            .formatted(lines);
    var diagnostics = new DiagnosticCollector<JavaFileObject>();
    ToolProvider.getSystemJavaCompiler()
        .getTask(
            new StringWriter(),
            null,
            diagnostics,
            List.of("-proc:none", "-implicit:none", "-d", classes.toString()),
            null,
            List.of(new Source(source)))
        .call();
    return diagnostics.getDiagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
        .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
        .collect(Collectors.joining("\n"));
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    private Source(String text) {
      super(URI.create("string:///Author.java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
