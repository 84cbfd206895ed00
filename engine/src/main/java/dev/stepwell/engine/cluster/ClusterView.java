package dev.stepwell.engine.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;

/** The cluster as a node sees it. */
public final class ClusterView {

  /** Pekko's own, of the data centre. */
  private static final String HIDDEN_ROLE = "dc-";

  private ClusterView() {}

  /** All nodes, by address. */
  public static List<NodeView> nodes(ActorSystem<?> system) {
    var cluster = Cluster.get(system);
    var state = cluster.state();
    var members = new ArrayList<Member>();
    state.getMembers().forEach(members::add);
    var oldest =
        members.stream()
            .filter(member -> member.status() == MemberStatus.up())
            .min(Member.ageOrdering());
    return members.stream()
        .map(member ->
            new NodeView(
                member.address().getHost().orElse("") + ":" + member.address().getPort().orElse(0),
                member.status().toString().toLowerCase(Locale.ROOT),
                !state.getUnreachable().contains(member),
                oldest.filter(member::equals).isPresent(),
                member.uniqueAddress().equals(cluster.selfMember().uniqueAddress()),
                member.getRoles().stream()
                    .filter(role -> !role.startsWith(HIDDEN_ROLE))
                    .sorted()
                    .toList(),
                member.appVersion().toString()))
        .sorted(Comparator.comparing(NodeView::address))
        .toList();
  }
}
