package ee.interlink.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Who uses the server of one home. File locks, because the kernel takes them back from a launcher
 * that was killed: the last one out stops the server, whoever started it.
 */
final class Tenancy implements AutoCloseable {
  private final FileChannel door;
  private final FileChannel room;
  private FileLock stay;

  private Tenancy(FileChannel door, FileChannel room) {
    this.door = door;
    this.room = room;
  }

  static Tenancy open(Path home) throws IOException {
    return new Tenancy(lockFile(home.resolve("door.lock")), lockFile(home.resolve("room.lock")));
  }

  /** Keeps others from coming and going while this one does. */
  FileLock passDoor() throws IOException {
    return door.lock();
  }

  void stay() throws IOException {
    stay = room.lock(0, Long.MAX_VALUE, true);
  }

  /** Gives the stay up; true if nobody else stays. */
  boolean leaveAsLast() throws IOException {
    if (stay != null) {
      stay.release();
    }
    FileLock alone = room.tryLock();
    if (alone == null) {
      return false;
    }
    alone.release();
    return true;
  }

  @Override
  public void close() throws IOException {
    door.close();
    room.close();
  }

  private static FileChannel lockFile(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }
}
