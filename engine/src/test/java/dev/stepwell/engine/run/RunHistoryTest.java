package dev.stepwell.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.run.RunState.Active;
import dev.stepwell.engine.run.RunState.Ended;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * What holds for every run whatever it is asked, in whatever order. A failing history names its
 * seed; {@code -Dstepwell.test.seed=...} begins with that one.
 */
class RunHistoryTest {

  private static final int HISTORIES = 500;

  private final long firstSeed = Long.getLong("stepwell.test.seed", 20_260_101L);

  @Test
  void replayEqualsLifeAfterEveryCommand() {
    forEachHistory(
        2_000,
        history -> {
          while (history.hasNext()) {
            history.next();
            assertThat(history.replayed()).isEqualTo(history.lived());
          }
        });
  }

  @Test
  void aRunEndsOnceAtMost() {
    forEachHistory(history -> {
      history.live();
      assertThat(history.facts().stream().filter(RunFact.Ended.class::isInstance))
          .hasSizeLessThanOrEqualTo(1);
    });
  }

  @Test
  void aStepThatIsDoneNeverChanges() {
    forEachHistory(history -> {
      var done = new HashMap<String, StepState>();
      while (history.hasNext()) {
        history.next();
        var now = doneSteps(history.lived());
        assertThat(now).containsAllEntriesOf(done);
        done.putAll(now);
      }
    });
  }

  @Test
  void aRunThatHasEndedNeverChanges() {
    forEachHistory(history -> {
      while (history.hasNext()) {
        var before = history.lived();
        history.next();
        if (before instanceof Ended) {
          assertThat(history.lived()).isEqualTo(before);
        }
      }
    });
  }

  @Test
  void aWakeUpThatIsRepeatedIsAcceptedAgainAndChangesNothing() {
    forEachHistory(history -> {
      while (history.hasNext()) {
        if (history.next() instanceof RunCommand.WakeUp wakeUp) {
          if (history.last() instanceof Decision.Accept) {
            assertThat(history.decide(wakeUp)).isEqualTo(Decision.accept());
          } else {
            assertThat(history.decide(wakeUp)).isEqualTo(history.last());
          }
        }
      }
    });
  }

  @Test
  void anEventIsUsedOnceAtMost() {
    forEachHistory(history -> {
      history.live();
      var used = new ArrayList<Object>();
      for (var fact : history.facts()) {
        if (fact instanceof RunFact.Started(_, var event, _)) {
          used.add(event.id());
        } else if (fact instanceof RunFact.WaitMatched(_, var event, _)) {
          used.add(event.id());
        }
      }
      assertThat(used).doesNotHaveDuplicates();
    });
  }

  @Test
  void everyStateCanBeShownAndHasItsEffects() {
    forEachHistory(history -> {
      while (history.hasNext()) {
        history.next();
        var state = history.lived();
        var view = RunViews.of(Samples.RUN, state, history.now());
        assertThat(view.isEmpty()).isEqualTo(state instanceof RunState.Absent);
        var relied = RunEffects.outstanding(Samples.RUN, state, history.now(), 10_000, _ -> true);
        switch (state) {
          case RunState.Absent _ -> assertThat(relied).isEmpty();
          case Active run -> assertThat(awaited(relied)).containsAll(pending(run, history.now()));
          case Ended _ -> assertThat(relied).hasAtLeastOneElementOfType(Effect.Enlist.class);
        }
      }
    });
  }

  @Test
  void historiesReachEveryKindOfFactAndEveryKindOfStep() {
    var facts = new HashSet<Class<?>>();
    var steps = new HashSet<Class<?>>();
    forEachHistory(history -> {
      history.live();
      history.facts().forEach(fact -> facts.add(fact.getClass()));
      run(history.lived())
          .ifPresent(run -> run.steps().values().forEach(s -> steps.add(s.getClass())));
    });
    assertThat(facts).contains(RunFact.class.getPermittedSubclasses());
    assertThat(steps).hasSize(11);
  }

  /**
   * What a pending step goes on with must be set again after a crash, at the same instant. Of what
   * is over already the code is not told: it finds out; but an invoke is ended by its run.
   */
  private static List<String> pending(Active run, long now) {
    var pending = new ArrayList<String>();
    run.steps()
        .forEach((name, step) -> {
          if (step instanceof StepState.Pending waits
              && !(step instanceof StepState.Planned)
              && (waits.untilMillis() > now || step instanceof StepState.Invoking)) {
            pending.add(name + "@" + waits.untilMillis());
          }
        });
    run.setback()
        .filter(s -> s.retryAtMillis() > now)
        .ifPresent(s -> pending.add(RunCommand.Due.OWN_CODE + "@" + s.retryAtMillis()));
    return pending;
  }

  private static List<String> awaited(List<Effect> effects) {
    var awaited = new ArrayList<String>();
    for (var effect : effects) {
      if (effect instanceof Effect.Alarm(var step, var due)) {
        awaited.add(step + "@" + due);
      } else if (effect instanceof Effect.SetTimer(var step, var due)) {
        awaited.add(step + "@" + due);
      }
    }
    return awaited;
  }

  private static Map<String, StepState> doneSteps(RunState state) {
    var done = new HashMap<String, StepState>();
    run(state)
        .ifPresent(run ->
            run.steps()
                .forEach((name, step) -> {
                  if (step instanceof StepState.Done) {
                    done.put(name, step);
                  }
                }));
    return done;
  }

  private static Optional<Active> run(RunState state) {
    return switch (state) {
      case RunState.Absent _ -> Optional.empty();
      case Active run -> Optional.of(run);
      case Ended ended -> Optional.of(ended.run());
    };
  }

  private void forEachHistory(Consumer<History> claim) {
    forEachHistory(HISTORIES, claim);
  }

  private void forEachHistory(int histories, Consumer<History> claim) {
    for (var seed = firstSeed; seed < firstSeed + histories; seed++) {
      try {
        claim.accept(new History(new Random(seed)));
      } catch (AssertionError | RuntimeException broken) {
        throw new AssertionError("broken by -Dstepwell.test.seed=" + seed, broken);
      }
    }
  }
}
