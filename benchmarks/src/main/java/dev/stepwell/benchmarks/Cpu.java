package dev.stepwell.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * CPU time used so far, in nanoseconds.
 *
 * @param process all of this process, garbage collection and compilation included
 * @param clients of these, the load's own threads
 */
record Cpu(long process, long clients) {

  static Cpu now(List<Thread> clients) {
    var threads = ManagementFactory.getThreadMXBean();
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new Cpu(
        system.getProcessCpuTime(),
        clients.stream().mapToLong(client -> threads.getThreadCpuTime(client.threadId())).sum());
  }

  Cpu since(Cpu before) {
    return new Cpu(process - before.process, clients - before.clients);
  }
}
