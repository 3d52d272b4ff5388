package ee.interlink.offload.reconcile;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendName;
import ee.interlink.batch.PodUid;
import ee.interlink.offload.journal.Journal;
import ee.interlink.offload.journal.PodEntry;
import ee.interlink.offload.lifecycle.NextStep;
import ee.interlink.offload.lifecycle.Situation;
import ee.interlink.offload.lifecycle.Stage;
import ee.interlink.offload.status.PodFacts;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes a pod one step further, from any state, any number of times: reads what is wanted
 * (journal), recorded (journal) and observed ({@link LivePods}), lets {@link Situation} decide, and
 * does it. Never inside a transaction: the journal's methods are short ones of their own, before
 * and after the one remote call. Several pods at once, because their submissions can go together.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Reconciler {
  /** More than any pod needs to rest; ends a circle that should not be. */
  private static final int MOST_STEPS = 8;

  private static final Set<Stage> OBSERVED = EnumSet.of(Stage.SUBMIT, Stage.ACTIVE, Stage.CANCEL);

  @Inject Journal journal;
  @Inject LivePods live;
  @Inject Submitting submitting;
  @Inject Ending ending;
  @Inject Changes changes;
  Clock clock = Clock.systemUTC();

  /** Level-triggered: safe to call at any time for any pods, also ones that are not there. */
  public void reconcile(List<PodUid> uids) {
    List<PodUid> moving = uids;
    for (int step = 0; !moving.isEmpty() && step < MOST_STEPS; step++) {
      List<PodEntry> entries = journal.find(moving);
      Set<PodUid> gone = new HashSet<>(moving);
      entries.forEach(entry -> gone.remove(entry.uid()));
      gone.forEach(live::remove);
      moving = step(entries);
    }
  }

  /** Where what is wanted can go together. */
  private record Place(BackendName backend, AccountName account) {
    static Place of(PodEntry entry) {
      return new Place(entry.backend(), entry.account());
    }
  }

  private record Submission(Place place, boolean askFirst) {}

  /** Returns the pods whose stage changed, so that there may be more to do at once. */
  private List<PodUid> step(List<PodEntry> entries) {
    Instant now = clock.instant();
    List<PodUid> moved = new ArrayList<>();
    Map<Submission, List<PodEntry>> submissions = new LinkedHashMap<>();
    Map<Place, List<Ending.Wish>> endings = new LinkedHashMap<>();
    Map<PodEntry, NextStep> others = new LinkedHashMap<>();
    for (PodEntry entry : entries) {
      NextStep next = situation(entry).next(now);
      if (next instanceof NextStep.Submit submit) {
        submissions
            .computeIfAbsent(
                new Submission(Place.of(entry), submit.askFirst()), key -> new ArrayList<>())
            .add(entry);
      } else if (next instanceof NextStep.Cancel cancel) {
        endings
            .computeIfAbsent(Place.of(entry), key -> new ArrayList<>())
            .add(new Ending.Wish(entry, cancel.grace()));
      } else {
        others.put(entry, next);
      }
    }
    // With these a pod has gone as far as it can: who wants it deleted meanwhile queues it. They
    // come
    // first, because what is left to do for pods that are over can wait, and goes one by one.
    endings.values().forEach(wishes -> ending.cancel(wishes, now));
    submissions.forEach((key, pods) -> submitting.submit(pods, key.askFirst()));
    others.forEach(
        (entry, next) -> {
          if (step(entry, next, now)) {
            moved.add(entry.uid());
          }
        });
    return moved;
  }

  private boolean step(PodEntry entry, NextStep next, Instant now) {
    if (next instanceof NextStep.FindForCancel) {
      return ending.findJob(entry, now);
    }
    if (next instanceof NextStep.Discard) {
      return ending.discard(entry, now);
    }
    if (next instanceof NextStep.Move move) {
      return move(entry, move.to(), now);
    }
    return false;
  }

  private boolean move(PodEntry entry, Stage to, Instant now) {
    boolean rests = to == Stage.ENDED && entry.deleteAsked().isEmpty();
    boolean moved = journal.move(entry.uid(), entry.stage(), to, "", rests ? null : now);
    if (moved && to == Stage.ENDED) {
      live.remove(entry.uid());
    }
    changes.of(entry.uid());
    return moved;
  }

  private Situation situation(PodEntry entry) {
    if (live.find(entry.uid()).isEmpty() && OBSERVED.contains(entry.stage())) {
      // Its acceptance was committed, but ended in an error before we took note.
      live.adopt(entry.uid(), LivePod.of(entry, journal.facts(entry.uid())));
    }
    Optional<LivePod> pod = live.find(entry.uid());
    return new Situation(
        entry.stage(),
        entry.job(),
        entry.deleteAsked(),
        entry.grace(),
        pod.map(LivePod::untried).orElse(false),
        pod.map(LivePod::facts).orElse(PodFacts.NONE));
  }
}
