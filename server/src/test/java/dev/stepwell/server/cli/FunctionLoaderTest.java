package dev.stepwell.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.DurableFunction;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads functions that were compiled elsewhere, as users' are. */
class FunctionLoaderTest {

  private static final String SOURCE =
      """
      import dev.stepwell.*;

      public final class Greet implements DurableFunction<Greet.Arrived, String> {
        @EventName("guest/arrived")
        public record Arrived(String name) {}

        public FunctionSpec<Arrived> spec() {
          return FunctionSpec.onEvent("greet", Arrived.class);
        }

        public String run(Arrived guest, Steps step) {
          return step.run("greet", () -> "Hello " + guest.name());
        }
      }
      """;

  @TempDir private Path directory;

  @Test
  void findsAFunctionInADirectoryOfClasses() throws IOException {
    compile(directory);
    assertThat(names(directory.toString())).containsExactly("greet");
  }

  @Test
  void findsAFunctionInAJar() throws IOException {
    var jar = pack(directory.resolve("greet.jar"));
    assertThat(names(jar.toString())).containsExactly("greet");
  }

  @Test
  void findsAFunctionInAllJarsOfADirectory() throws IOException {
    var _ = pack(directory.resolve("greet.jar"));
    assertThat(names(directory + File.separator + "*")).containsExactly("greet");
  }

  @Test
  void findsAFunctionBehindASeparator() throws IOException {
    var empty = Files.createDirectory(directory.resolve("empty"));
    compile(directory);
    assertThat(names(empty + File.pathSeparator + directory)).containsExactly("greet");
  }

  private static List<String> names(String classPath) {
    return FunctionLoader.load(classPath).stream().map(function -> function.spec().name()).toList();
  }

  private static Path pack(Path jar) throws IOException {
    var classes = Files.createTempDirectory(jar.getParent(), "classes");
    compile(classes);
    try (var out = new JarOutputStream(Files.newOutputStream(jar));
        var files = Files.walk(classes)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
      }
    }
    return jar;
  }

  private static void compile(Path classes) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var options = List.of("-d", classes.toString(), "-proc:none");
    var source = new Source();
    assertThat(compiler.getTask(null, null, null, options, null, List.of(source)).call()).isTrue();
    var services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(services.resolve(DurableFunction.class.getName()), "Greet\n");
  }

  private static final class Source extends SimpleJavaFileObject {
    private Source() {
      super(URI.create("string:///Greet.java"), JavaFileObject.Kind.SOURCE);
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return SOURCE;
    }
  }
}
