package dev.stepwell.testkit;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** The one thread on which all actors of a test run, each of its tasks counted. */
final class ActorThread extends AbstractExecutorService {

  private final Activity activity;
  private final ExecutorService thread;
  private volatile Thread running = Thread.currentThread();

  ActorThread(Activity activity) {
    this.activity = activity;
    this.thread =
        Executors.newSingleThreadExecutor(task -> {
          running = Thread.ofPlatform().daemon().name("stepwell-test-actors").unstarted(task);
          return running;
        });
  }

  @Override
  public void execute(Runnable task) {
    activity.more();
    try {
      thread.execute(() -> {
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
    return running.getStackTrace();
  }

  @Override
  public void shutdown() {
    thread.shutdown();
  }

  @Override
  public List<Runnable> shutdownNow() {
    return thread.shutdownNow();
  }

  @Override
  public boolean isShutdown() {
    return thread.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return thread.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return thread.awaitTermination(timeout, unit);
  }
}
