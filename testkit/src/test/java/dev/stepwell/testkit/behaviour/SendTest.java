package dev.stepwell.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.EventName;
import dev.stepwell.FunctionSpec;
import dev.stepwell.OutgoingEvent;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.testkit.TestEngine;
import dev.stepwell.testkit.TestRun;
import dev.stepwell.testkit.TestSetup;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SendTest {

  @EventName("test/note")
  record Note(String text) {}

  private static final Story LISTENER =
      new Story(
          FunctionSpec.onEvents("listener", Go.class, "test/note"),
          (note, step) -> step.run("hear", note::text));

  @Test
  void anEventThatAStepSendsStartsRuns() {
    var story =
        Story.of((_, step) -> {
          step.send("tell", new Note("hello"));
          return "sent";
        });
    try (var engine = TestEngine.with(story, LISTENER)) {
      var run = engine.send(Go.GO);

      assertThat(run.outcome(String.class)).isEqualTo("sent");
      assertThat(engine.run("listener").outcome(String.class)).isEqualTo("hello");
    }
  }

  @Test
  void ofManyEventsThatAreSentTogetherEachStartsItsRun() {
    var notes = IntStream.range(0, 100).mapToObj(i -> new Note("n" + i)).toList();
    var story =
        Story.of((_, step) -> {
          step.send("tell", notes);
          return "sent";
        });
    try (var engine = TestEngine.with(story, LISTENER)) {
      engine.send(Go.GO);

      assertThat(engine.events(Note.class)).containsExactlyInAnyOrderElementsOf(notes);
      assertThat(engine.runs("listener")).hasSize(100);
    }
  }

  @Test
  void anEventIsSentOnceHoweverOftenTheFunctionRunsAgain() {
    var story =
        Story.of((_, step) -> {
          step.send("tell", new Note("hello"));
          for (var i = 0; i < 5; i++) {
            step.sleep("nap-" + i, Duration.ofDays(1));
          }
          return "sent";
        });
    try (var engine = TestEngine.with(story, LISTENER)) {
      engine.send(Go.GO);
      for (var i = 0; i < 5; i++) {
        engine.advance(Duration.ofDays(1));
        engine.crash();
      }

      assertThat(engine.events(Note.class)).hasSize(1);
      assertThat(engine.runs("listener")).hasSize(1);
    }
  }

  @Test
  void anEventIsSentOnceThoughTheCrashCameBeforeThatWasKnown() {
    var story =
        Story.of((_, step) -> {
          step.send("tell", List.of(new Note("a"), new Note("b")));
          return "sent";
        });
    try (var engine = TestEngine.with(story, LISTENER)) {
      engine.crashAfter("tell");
      var run = engine.send(Go.GO);

      assertThat(run.outcome(String.class)).isEqualTo("sent");
      assertThat(engine.executions("tell")).isEqualTo(2);
      assertThat(engine.events(Note.class)).containsExactlyInAnyOrder(new Note("a"), new Note("b"));
      assertThat(engine.runs("listener")).hasSize(2);
    }
  }

  @Test
  void anEventWithTheSendersIdStartsRunsOnce() {
    var story =
        Story.of((go, step) -> {
          step.send("tell", OutgoingEvent.of(new Note(go.text())).id("the-note"));
          return "sent";
        });
    try (var engine = TestEngine.with(story, LISTENER)) {
      engine.sendAll(new Go("a"));
      engine.advance(Duration.ofMillis(1));
      engine.sendAll(new Go("b"));

      assertThat(engine.events(Note.class)).containsExactly(new Note("a"), new Note("b"));
      assertThat(engine.run("listener").outcome(String.class)).isEqualTo("a");
    }
  }

  @Test
  void whatRunsSendFindsRoomThoughAllRoomIsTakenByWhatStartedThem() {
    var story =
        Story.of((_, step) -> {
          step.send("tell", new Note("hello"));
          return "sent";
        });
    var setup =
        TestSetup.of(story, LISTENER)
            .config("stepwell.engine { partitions = 1, backlog-max = 1 KiB }");
    try (var engine = setup.start()) {
      var runs = engine.sendAll(Collections.nCopies(50, Go.GO).toArray(Record[]::new));
      engine.advance(Duration.ofMinutes(1));

      assertThat(runs).hasSize(50).extracting(TestRun::status).containsOnly(RunStatus.COMPLETED);
      assertThat(engine.runs("listener")).hasSize(50);
    }
  }

  @Test
  void aRunMayWaitForTheAnswerToWhatItSends() {
    var asks =
        Story.of((_, step) -> {
          step.send("ask", new Note("7"));
          return step.waitFor("answer", Answer.class)
              .where(Answer::about)
              .is("7")
              .atMost(Duration.ofDays(1))
              .map(answer -> "got " + answer.number())
              .orElse("nothing");
        });
    var answers =
        new Story(
            FunctionSpec.onEvents("answers", Go.class, "test/note"),
            (note, step) -> {
              step.send("answer", new Answer(note.text(), 49));
              return "answered";
            });
    try (var engine = TestEngine.with(asks, answers)) {
      var run = engine.send(Go.GO);

      assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(run.outcome(String.class)).isEqualTo("got 49");
    }
  }
}
