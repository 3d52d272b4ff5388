package ee.interlink.offload.reconcile;

import ee.interlink.backends.BackendHealth;
import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.PodUid;
import ee.interlink.configuration.Backend;
import ee.interlink.configuration.Configuration;
import ee.interlink.offload.JobOwner;
import ee.interlink.offload.SamplePod;
import ee.interlink.offload.journal.Door;
import ee.interlink.offload.journal.Journal;
import ee.interlink.offload.journal.PodEntry;
import ee.interlink.offload.pod.RefusedPodException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The reconciler with all it needs, a real journal and a batch system that is none. */
@SuppressWarnings("UnnecessaryAssignment") // no container injects here
final class House {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  static final AccountName ALICE = new AccountName("alice");
  final Backend backend =
      new Backend(
          new BackendSettings(new BackendName("b"), "fake", Map.of()),
          ALICE,
          Duration.ofSeconds(1),
          1);
  final Journal journal;
  final FakeSite site = new FakeSite();
  final LivePods live = new LivePods();
  final Submissions submissions = new Submissions();
  final BackendHealth health = new BackendHealth();
  final Cursors cursors = new Cursors();
  final List<PodUid> told = new CopyOnWriteArrayList<>();
  final Changes changes =
      new Changes() {
        @Override
        void of(PodUid uid) {
          told.add(uid);
        }

        @Override
        void submitted(PodUid uid) {
          told.add(uid);
        }

        @Override
        void left(PodUid uid) {
          told.add(uid);
        }
      };
  final List<PodUid> queued = new CopyOnWriteArrayList<>();
  final Configuration configuration;
  final WorkQueues queues;
  final Staging staging;
  final Acceptance acceptance = new Acceptance();
  final Intake intake = new Intake();
  final Submitting submitting = new Submitting();
  final Ending ending = new Ending();
  final List<JobOwner> owners = new ArrayList<>();
  final Strays strays =
      new Strays() {
        @Override
        Iterable<JobOwner> owners() {
          return House.this.owners;
        }
      };
  final Deadlines deadlines = new Deadlines();
  final Observation observation = new Observation();
  final Reconciler reconciler = new Reconciler();

  House(Journal journal, Path state) {
    this.journal = journal;
    configuration =
        new Configuration(
            Map.of(backend.name(), backend), Optional.of(backend.name()), Map.of(), state);
    queues =
        new WorkQueues(configuration) {
          @Override
          void add(BackendName name, PodUid uid) {
            queued.add(uid);
          }
        };
    staging = new Staging(configuration);
    acceptance.journal = journal;
    intake.connections = new FakeDoor();
    intake.journal = journal;
    intake.acceptance = acceptance;
    intake.live = live;
    intake.staging = staging;
    intake.submissions = submissions;
    intake.queues = queues;
    submitting.configuration = configuration;
    submitting.journal = journal;
    submitting.live = live;
    submitting.staging = staging;
    submitting.submissions = submissions;
    submitting.gateway = site;
    ending.configuration = configuration;
    ending.journal = journal;
    ending.live = live;
    ending.staging = staging;
    ending.submissions = submissions;
    ending.gateway = site;
    ending.changes = changes;
    submitting.changes = changes;
    observation.changes = changes;
    observation.strays = strays;
    strays.journal = journal;
    strays.live = live;
    strays.intake = intake;
    reconciler.changes = changes;
    observation.deadlines = deadlines;
    observation.gateway = site;
    observation.health = health;
    observation.journal = journal;
    observation.live = live;
    observation.queues = queues;
    observation.cursors = cursors;
    reconciler.journal = journal;
    reconciler.live = live;
    reconciler.submitting = submitting;
    reconciler.ending = ending;
    at(NOON);
  }

  /** Sets all clocks. */
  void at(Instant now) {
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    intake.clock = clock;
    submitting.clock = clock;
    observation.clock = clock;
    reconciler.clock = clock;
  }

  PodUid accept() throws RefusedPodException {
    return accept(Door.PORTAL);
  }

  PodUid accept(Door door) throws RefusedPodException {
    PodUid uid = SamplePod.freshUid();
    intake.accept(SamplePod.resolved(uid), backend, ALICE, door, false);
    return uid;
  }

  /** A pod whose job is submitted; the calls up to here are forgotten. */
  PodUid submit() throws RefusedPodException {
    PodUid uid = accept();
    reconciler.reconcile(List.of(uid));
    site.calls.clear();
    return uid;
  }

  /** Forgets what is in memory and reads the journal, as a new process does. */
  void restart(PodUid uid) {
    PodEntry entry = entry(uid);
    live.add(
        uid,
        new LivePod(
            entry.backend(), entry.account(), entry.jobRef(), journal.facts(uid), false, 0));
  }

  void delete(PodUid uid, Duration grace, Instant now) {
    at(now);
    intake.delete(entry(uid), grace, now);
    reconciler.reconcile(List.of(uid));
  }

  PodEntry entry(PodUid uid) {
    return journal.find(uid).orElseThrow();
  }

  void round() {
    observation.round(backend);
  }
}
