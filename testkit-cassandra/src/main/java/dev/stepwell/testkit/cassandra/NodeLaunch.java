package dev.stepwell.testkit.cassandra;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line that runs a node. */
final class NodeLaunch {

  /** What Cassandra 5 reaches for inside Java, as its own start script has it. */
  private static final List<String> EXPORTS =
      List.of(
          "java.base/jdk.internal.misc",
          "java.base/java.lang.ref",
          "java.management.rmi/com.sun.jmx.remote.internal.rmi",
          "java.rmi/sun.rmi.registry",
          "java.rmi/sun.rmi.server",
          "java.sql/java.sql",
          "jdk.unsupported/sun.misc",
          "jdk.attach/sun.tools.attach");

  private static final List<String> OPENS =
      List.of(
          "java.base/java.lang.module",
          "java.base/jdk.internal.loader",
          "java.base/jdk.internal.ref",
          "java.base/jdk.internal.reflect",
          "java.base/jdk.internal.math",
          "java.base/jdk.internal.module",
          "java.base/jdk.internal.util.jar",
          "java.base/sun.nio.ch",
          "java.base/java.io",
          "java.base/java.nio",
          "java.base/java.lang.reflect",
          "java.base/java.lang",
          "java.base/java.util",
          "jdk.management/com.sun.management.internal");

  private NodeLaunch() {}

  static List<String> of(Path java, Path jars, NodeFiles files, int heapMib) {
    var command = new ArrayList<String>();
    command.add(java.toString());
    command.addAll(
        List.of("-Xms" + heapMib + "m", "-Xmx" + heapMib + "m", "-XX:+UseG1GC", "-Xss512k"));
    EXPORTS.forEach(one -> command.add("--add-exports=" + one + "=ALL-UNNAMED"));
    OPENS.forEach(one -> command.add("--add-opens=" + one + "=ALL-UNNAMED"));
    command.addAll(
        List.of(
            "-javaagent:" + jars.resolve("jamm-0.4.0.jar"),
            "-Djava.security.manager=allow",
            "-Djdk.attach.allowAttachSelf=true",
            "-Dio.netty.tryReflectionSetAccessible=true",
            "-Dcassandra-foreground=yes",
            "-Dcassandra.config=" + files.yaml().toUri(),
            "-Dcassandra.storagedir=" + files.data(),
            "-Dcassandra.logdir=" + files.directory(),
            "-Dlogback.configurationFile=" + files.logback(),
            "-Dcassandra.skip_wait_for_gossip_to_settle=0",
            "-Dcassandra.superuser_setup_delay_ms=0",
            "-cp",
            jars + "/*",
            "org.apache.cassandra.service.CassandraDaemon"));
    return command;
  }
}
