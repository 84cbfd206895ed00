package dev.stepwell.server.demo;

import java.io.PrintStream;
import java.nio.charset.Charset;
import picocli.CommandLine.Help.Ansi;

/** Colours and signs, as far as whoever reads can see them. */
public final class Pen {

  private static final String RESET = "\u001b[0m";
  private static final String SIGNS = "✓✗↻◷▸✉";

  private final boolean colours;
  private final boolean signs;

  private Pen(boolean colours, boolean signs) {
    this.colours = colours;
    this.signs = signs;
  }

  /** For what {@code out} can show; no colours when NO_COLOR is set or nobody looks. */
  public static Pen of(PrintStream out) {
    return new Pen(Ansi.AUTO.enabled(), canShow(out.charset()));
  }

  private static boolean canShow(Charset charset) {
    return charset.canEncode() && charset.newEncoder().canEncode(SIGNS);
  }

  String bold(String text) {
    return in("1", text);
  }

  String dim(String text) {
    return in("2", text);
  }

  String green(String text) {
    return in("32", text);
  }

  String yellow(String text) {
    return in("33", text);
  }

  String red(String text) {
    return in("31", text);
  }

  /** {@code sign}, or {@code plain} where signs can't be shown. */
  String sign(String sign, String plain) {
    return signs ? sign : plain;
  }

  private String in(String code, String text) {
    return colours ? "\u001b[" + code + "m" + text + RESET : text;
  }
}
