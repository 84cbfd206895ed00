package dev.stepwell.server.cli;

import dev.stepwell.DurableFunction;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Pattern;

/** Finds the functions on a class path of the user's, by Java's {@link ServiceLoader}. */
final class FunctionLoader {

  private static final String SERVICE = "META-INF/services/" + DurableFunction.class.getName();
  private static final String ALL_JARS = "*";
  private static final Pattern SEPARATOR = Pattern.compile(File.pathSeparator, Pattern.LITERAL);

  private FunctionLoader() {}

  /**
   * One object of each function.
   *
   * @param classPath jars, directories of classes, and {@code dir/*} for all jars of a directory,
   *     with the system's path separator between them
   * @throws CliFailedException if a part does not exist, or there are no functions
   */
  static List<DurableFunction<?, ?>> load(String classPath) {
    var urls = new ArrayList<URL>();
    for (var part : SEPARATOR.split(classPath, 0)) {
      if (!part.isEmpty()) {
        urls.addAll(urls(part));
      }
    }
    // Never closed: functions load classes for as long as the process lives.
    var loader =
        new URLClassLoader(
            "functions", urls.toArray(URL[]::new), FunctionLoader.class.getClassLoader());
    var functions = functions(loader);
    if (functions.isEmpty()) {
      throw unusable(
          "There are no functions on '%s'. Write the names of their classes, one a line, into %s."
              .formatted(classPath, SERVICE));
    }
    return functions;
  }

  private static List<DurableFunction<?, ?>> functions(ClassLoader loader) {
    var functions = new ArrayList<DurableFunction<?, ?>>();
    try {
      for (DurableFunction<?, ?> function : ServiceLoader.load(DurableFunction.class, loader)) {
        functions.add(function);
      }
    } catch (ServiceConfigurationError | LinkageError e) {
      var cause = e.getCause() == null ? "" : " (" + e.getCause() + ")";
      throw unusable("The functions can't be loaded: " + e.getMessage() + cause);
    }
    return functions;
  }

  private static List<URL> urls(String part) {
    if (!part.endsWith(File.separator + ALL_JARS)) {
      return List.of(url(Path.of(part)));
    }
    var directory = Path.of(part.substring(0, part.length() - ALL_JARS.length()));
    try (var files = Files.newDirectoryStream(directory, "*.jar")) {
      var urls = new ArrayList<URL>();
      files.forEach(jar -> urls.add(url(jar)));
      return urls;
    } catch (IOException _) {
      throw unusable("The directory '%s' can't be read.".formatted(directory));
    }
  }

  private static URL url(Path path) {
    if (!Files.isReadable(path)) {
      throw unusable("There is no '%s'.".formatted(path));
    }
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CliFailedException unusable(String sentence) {
    return new CliFailedException(ExitCode.USAGE, sentence);
  }
}
