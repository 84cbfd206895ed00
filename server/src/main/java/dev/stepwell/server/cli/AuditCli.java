package dev.stepwell.server.cli;

import com.typesafe.config.ConfigFactory;
import dev.stepwell.cassandra.CassandraAudit;
import dev.stepwell.cassandra.CassandraStartException;
import dev.stepwell.engine.EngineStart;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Reads everything that is stored, and says what must not be so. */
@Command(
    name = "audit",
    description = {
      "Reads all events, runs and facts in Cassandra, and says what must not be so:",
      "facts with gaps or behind their end, events without their runs, runs without their event,",
      "steps with two results, runs that have ended twice, lists that are wrong.",
      "Changes nothing, and may be done while nodes work."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exits with 0 if all is as it must be, with 1 if something is not, with 3 if it can't look.",
    })
final class AuditCli implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Mixin private CassandraOptions cassandra = new CassandraOptions();

  @Option(
      names = "--settled",
      paramLabel = "DURATION",
      defaultValue = "PT1M",
      description =
          "What happened before that must have had all its consequences; what is younger may still"
              + " be under way (default: one minute, PT1M).")
  private Duration settled = Duration.ofMinutes(1);

  @Override
  public Integer call() {
    var settings = new HashMap<String, Object>();
    settings.put("stepwell.cassandra.start-timeout", "5s");
    cassandra.putInto(settings);
    var config = ConfigFactory.parseMap(settings).withFallback(EngineStart.configuration());
    try {
      return print(CassandraAudit.of(config, InstantSource.system(), settled));
    } catch (CassandraStartException e) {
      throw new CliFailedException(ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()));
    }
  }

  private int print(CassandraAudit.Result result) {
    var out = Objects.requireNonNull(spec).commandLine().getOut();
    var store = result.store();
    var audit = result.audit();
    out.printf(
        "%,d events; %,d runs, %,d of them ended; %,d other actors; %,d facts, and %,d rows that came"
            + " too late to count%n",
        audit.events(),
        audit.runs(),
        audit.ended(),
        store.others(),
        store.facts(),
        store.ignoredRows());
    if (audit.violationCount() == 0) {
      out.println("All of it is as it must be.");
      return ExitCode.DONE;
    }
    var table = new Table("BROKEN", "OF", "");
    audit.violations().forEach(it -> table.add(it.rule(), it.subject(), it.sentence()));
    table.print(out);
    if (audit.violationCount() > audit.violations().size()) {
      out.printf("and %,d more%n", audit.violationCount() - audit.violations().size());
    }
    return ExitCode.NOT_COMPLETED;
  }
}
