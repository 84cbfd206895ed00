package dev.stepwell.engine.function;

import dev.stepwell.engine.function.App.Endpoint;
import dev.stepwell.engine.function.Definition.Limit;
import dev.stepwell.engine.function.Definition.LimitKey;
import dev.stepwell.engine.function.Definition.Remote;
import dev.stepwell.engine.function.Definition.Start;
import dev.stepwell.engine.port.EventIndex.Match;
import dev.stepwell.engine.wire.Bytes;
import dev.stepwell.engine.wire.Codec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

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
          new Bytes.Writer(256)
              .tag(1)
              .text(app)
              .list(functions, RegistryCodec::writeLocal)
              .toBytes();
      case RegistryFact.Synced(var app) -> writeApp(new Bytes.Writer(1024).tag(2), app).toBytes();
      case RegistryFact.Removed(var app) -> new Bytes.Writer(64).tag(3).text(app).toBytes();
    };
  }

  @Override
  public RegistryFact decode(byte[] bytes) {
    return Bytes.read(bytes, RegistryCodec::readFact);
  }

  private static RegistryFact readFact(Bytes.Reader in) {
    var tag = in.tag();
    return switch (tag) {
      case 1 -> new RegistryFact.Registered(in.text(), in.list(RegistryCodec::readLocal));
      case 2 -> new RegistryFact.Synced(readApp(in));
      case 3 -> new RegistryFact.Removed(in.text());
      default -> throw new IllegalStateException("unknown kind of registry fact: " + tag);
    };
  }

  private static Bytes.Writer writeApp(Bytes.Writer out, App app) {
    return out.text(app.name())
        .optional(
            app.endpoint(),
            (o, it) -> o.text(it.url()).text(it.sdk()).text(it.framework()).text(it.checksum()))
        .list(app.functions(), RegistryCodec::write);
  }

  private static App readApp(Bytes.Reader in) {
    return new App(
        in.text(),
        in.optional(i -> new Endpoint(i.text(), i.text(), i.text(), i.text())),
        in.list(RegistryCodec::read));
  }

  private static void write(Bytes.Writer out, Definition function) {
    out.text(function.id())
        .list(function.starts(), RegistryCodec::writeStart)
        .number(function.retries())
        .optional(
            function.limit(),
            (o, limit) -> o.number(limit.limit()).optional(limit.key(), RegistryCodec::writeKey))
        .optional(function.remote(), (o, remote) -> o.text(remote.name()).text(remote.url()));
  }

  private static Definition read(Bytes.Reader in) {
    return new Definition(
        in.text(),
        in.list(RegistryCodec::readStart),
        (int) in.number(),
        in.optional(i -> new Limit((int) i.number(), i.optional(RegistryCodec::readKey))),
        in.optional(i -> new Remote(i.text(), i.text())));
  }

  /** The form of functions on nodes, which may only have paths as keys. */
  private static void writeLocal(Bytes.Writer out, Definition function) {
    out.text(function.id())
        .list(function.starts(), RegistryCodec::writeStart)
        .number(function.retries())
        .optional(
            function.limit(),
            (o, limit) -> o.number(limit.limit()).optional(limit.key(), RegistryCodec::writePath));
  }

  private static Definition readLocal(Bytes.Reader in) {
    return new Definition(
        in.text(),
        in.list(RegistryCodec::readStart),
        (int) in.number(),
        in.optional(
            i -> new Limit((int) i.number(), i.optional(r -> new LimitKey.Path(r.text())))));
  }

  private static void writePath(Bytes.Writer out, LimitKey key) {
    switch (key) {
      case LimitKey.Path(var path) -> out.text(path);
      case LimitKey.Valued _ ->
          throw new IllegalArgumentException("code on nodes has no such keys");
    }
  }

  private static void writeKey(Bytes.Writer out, LimitKey key) {
    switch (key) {
      case LimitKey.Path(var path) -> out.tag(1).text(path);
      case LimitKey.Valued(var expression) -> out.tag(2).text(expression);
    }
  }

  private static LimitKey readKey(Bytes.Reader in) {
    var tag = in.tag();
    return switch (tag) {
      case 1 -> new LimitKey.Path(in.text());
      case 2 -> new LimitKey.Valued(in.text());
      default -> throw new IllegalStateException("unknown kind of key: " + tag);
    };
  }

  private static void writeStart(Bytes.Writer out, Start start) {
    switch (start) {
      case Start.OnEvent(var pattern, var conditions) ->
          out.tag(1).text(pattern).list(conditions, (o, m) -> o.text(m.path()).text(m.value()));
      case Start.OnCron(var schedule) -> out.tag(2).text(schedule);
      case Start.OnExpression(var pattern, var expression) ->
          out.tag(3).text(pattern).text(expression);
    }
  }

  private static Start readStart(Bytes.Reader in) {
    var tag = in.tag();
    return switch (tag) {
      case 1 -> new Start.OnEvent(in.text(), in.list(i -> new Match(i.text(), i.text())));
      case 2 -> new Start.OnCron(in.text());
      case 3 -> new Start.OnExpression(in.text(), in.text());
      default -> throw new IllegalStateException("unknown kind of start: " + tag);
    };
  }

  private static final class StateCodec implements Codec<RegistryState> {

    /** Of before there were apps with endpoints. Still read. */
    private static final int VERSION_1 = 1;

    private static final int VERSION_2 = 2;

    @Override
    public byte[] encode(RegistryState state) {
      return new Bytes.Writer(1024)
          .tag(VERSION_2)
          .number(state.version())
          .list(List.copyOf(new TreeMap<>(state.apps()).values()), RegistryCodec::writeApp)
          .list(List.copyOf(new TreeMap<>(state.archived()).values()), RegistryCodec::write)
          .toBytes();
    }

    @Override
    public RegistryState decode(byte[] bytes) {
      var in = new Bytes.Reader(bytes);
      var tag = in.tag();
      return switch (tag) {
        case VERSION_1 ->
            new RegistryState(in.number(), byName(in.list(StateCodec::readFirst)), Map.of());
        case VERSION_2 ->
            new RegistryState(
                in.number(),
                byName(in.list(RegistryCodec::readApp)),
                in.list(RegistryCodec::read).stream()
                    .collect(Collectors.toMap(Definition::id, function -> function)));
        default ->
            throw new IllegalStateException("unknown version of the registry's state: " + tag);
      };
    }

    private static App readFirst(Bytes.Reader in) {
      return new App(in.text(), Optional.empty(), in.list(RegistryCodec::readLocal));
    }

    private static Map<String, App> byName(List<App> apps) {
      return apps.stream().collect(Collectors.toMap(App::name, app -> app));
    }
  }
}
