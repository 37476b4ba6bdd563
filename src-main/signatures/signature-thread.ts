// The thread of `ThreadChecker`: checks the signatures of one block after another.
import { answerQuestions } from '../async/helper-thread';
import { loadVerifier } from './load-verifier';
import { countSigned, type SignaturesToCheck } from './signature-checker';

await loadVerifier();
answerQuestions<SignaturesToCheck, number>(countSigned);
