package dev.stepwell.testkit;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** The one thread on which all actors of a test run, each of its tasks counted. */
final class ActorThread implements Executor, AutoCloseable {

  private final Activity activity;
  private final ExecutorService tasks;
  private volatile Thread thread = Thread.currentThread();

  ActorThread(Activity activity) {
    this.activity = activity;
    this.tasks =
        Executors.newSingleThreadExecutor(work -> {
          thread = Thread.ofPlatform().daemon().name("stepwell-test-actors").unstarted(work);
          return thread;
        });
  }

  @Override
  public void execute(Runnable task) {
    activity.more();
    try {
      tasks.execute(() -> {
        try {
          task.run();
        } finally {
          activity.less();
        }
      });
    } catch (RejectedExecutionException e) {
      activity.less();
      throw e;
    }
  }

  /** What it is doing at this moment. */
  StackTraceElement[] stack() {
    return thread.getStackTrace();
  }

  @Override
  public void close() {
    tasks.close();
  }
}
