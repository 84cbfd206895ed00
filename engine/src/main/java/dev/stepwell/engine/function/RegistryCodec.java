package dev.stepwell.engine.function;

import dev.stepwell.engine.function.Definition.Limit;
import dev.stepwell.engine.function.Definition.Start;
import dev.stepwell.engine.port.EventIndex.Match;
import dev.stepwell.engine.wire.Bytes;
import dev.stepwell.engine.wire.Codec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;

/** The byte forms of the registry's facts and of its state. */
public final class RegistryCodec implements Codec<RegistryFact> {

  public static final RegistryCodec INSTANCE = new RegistryCodec();

  /** The byte form of the whole state: of snapshots, and on the way to other nodes. */
  public static final Codec<RegistryState> STATE = new StateCodec();

  private RegistryCodec() {}

  @Override
  public byte[] encode(RegistryFact fact) {
    return switch (fact) {
      case RegistryFact.Registered(var app, var functions) ->
          new Bytes.Writer(256).tag(1).text(app).list(functions, RegistryCodec::write).toBytes();
    };
  }

  @Override
  public RegistryFact decode(byte[] bytes) {
    var in = new Bytes.Reader(bytes);
    var tag = in.tag();
    return switch (tag) {
      case 1 -> new RegistryFact.Registered(in.text(), in.list(RegistryCodec::read));
      default -> throw new IllegalStateException("unknown kind of registry fact: " + tag);
    };
  }

  private static void write(Bytes.Writer out, Definition function) {
    out.text(function.id())
        .list(function.starts(), RegistryCodec::writeStart)
        .number(function.retries())
        .optional(
            function.limit(),
            (o, limit) -> o.number(limit.limit()).optional(limit.keyPath(), Bytes.Writer::text));
  }

  private static Definition read(Bytes.Reader in) {
    return new Definition(
        in.text(),
        in.list(RegistryCodec::readStart),
        (int) in.number(),
        in.optional(i -> new Limit((int) i.number(), i.optional(Bytes.Reader::text))));
  }

  private static void writeStart(Bytes.Writer out, Start start) {
    switch (start) {
      case Start.OnEvent(var pattern, var conditions) ->
          out.tag(1).text(pattern).list(conditions, (o, m) -> o.text(m.path()).text(m.value()));
      case Start.OnCron(var schedule) -> out.tag(2).text(schedule);
    }
  }

  private static Start readStart(Bytes.Reader in) {
    var tag = in.tag();
    return switch (tag) {
      case 1 -> new Start.OnEvent(in.text(), in.list(i -> new Match(i.text(), i.text())));
      case 2 -> new Start.OnCron(in.text());
      default -> throw new IllegalStateException("unknown kind of start: " + tag);
    };
  }

  private static final class StateCodec implements Codec<RegistryState> {

    private static final int VERSION_1 = 1;

    private record App(String name, List<Definition> functions) {}

    @Override
    public byte[] encode(RegistryState state) {
      var apps = new ArrayList<App>();
      new TreeMap<>(state.apps()).forEach((name, functions) -> apps.add(new App(name, functions)));
      return new Bytes.Writer(1024)
          .tag(VERSION_1)
          .number(state.version())
          .list(apps, (o, app) -> o.text(app.name()).list(app.functions(), RegistryCodec::write))
          .toBytes();
    }

    @Override
    public RegistryState decode(byte[] bytes) {
      var in = new Bytes.Reader(bytes);
      var tag = in.tag();
      if (tag != VERSION_1) {
        throw new IllegalStateException("unknown version of the registry's state: " + tag);
      }
      var version = in.number();
      var apps = new HashMap<String, List<Definition>>();
      in.list(i -> new App(i.text(), i.list(RegistryCodec::read)))
          .forEach(app -> apps.put(app.name(), app.functions()));
      return new RegistryState(version, apps);
    }
  }
}
