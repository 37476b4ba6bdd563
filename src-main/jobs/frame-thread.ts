// The thread of `ThreadReader`: reads one frame after another.
import { answerQuestions } from '../async/helper-thread';
import { type FrameToRead, type LargeFrame, readLargeFrame } from './frame-reader';

answerQuestions<FrameToRead, LargeFrame>(
  ({ bytes, frameBytes }) => readLargeFrame(bytes, frameBytes),
  (frame) =>
    frame.kind === 'large_job' ? ([frame.matrices.a.buffer, frame.matrices.b.buffer] as ArrayBuffer[]) : [],
);
