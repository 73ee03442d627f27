using System.Collections.Frozen;

namespace HaLong.Signatures.Domain.Sessions;

/// <summary>The one table of what may follow what. What is not in it cannot happen.</summary>
internal static class SigningGraph
{
    public static readonly FrozenDictionary<(SignerState From, SignerMove Move), SignerState> Signers =
        new Dictionary<(SignerState, SignerMove), SignerState>
        {
            [(SignerState.Waiting, SignerMove.View)] = SignerState.Viewing,
            [(SignerState.Viewing, SignerMove.View)] = SignerState.Viewing,
            [(SignerState.Failed, SignerMove.View)] = SignerState.Viewing,
            // Looking again while an order is under way, or after signing, changes nothing.
            [(SignerState.Signing, SignerMove.View)] = SignerState.Signing,
            [(SignerState.Signed, SignerMove.View)] = SignerState.Signed,
            [(SignerState.Viewing, SignerMove.Begin)] = SignerState.Signing,
            [(SignerState.Failed, SignerMove.Begin)] = SignerState.Signing,
            [(SignerState.Signing, SignerMove.Continue)] = SignerState.Viewing,
            [(SignerState.Signing, SignerMove.Finish)] = SignerState.Signed,
            [(SignerState.Signing, SignerMove.Fail)] = SignerState.Failed,
            [(SignerState.Waiting, SignerMove.Refuse)] = SignerState.Refused,
            [(SignerState.Viewing, SignerMove.Refuse)] = SignerState.Refused,
            [(SignerState.Signing, SignerMove.Refuse)] = SignerState.Refused,
            [(SignerState.Failed, SignerMove.Refuse)] = SignerState.Refused,
        }.ToFrozenDictionary();

    public static readonly FrozenDictionary<(SessionState From, SessionMove Move), SessionState> Sessions =
        new Dictionary<(SessionState, SessionMove), SessionState>
        {
            [(SessionState.Open, SessionMove.Complete)] = SessionState.Completed,
            [(SessionState.Open, SessionMove.Refuse)] = SessionState.Refused,
            [(SessionState.Open, SessionMove.Expire)] = SessionState.Expired,
            [(SessionState.Open, SessionMove.Cancel)] = SessionState.Cancelled,
        }.ToFrozenDictionary();

    /// <returns>Null when that cannot follow.</returns>
    public static SignerState? Next(SignerState from, SignerMove move) => Signers.TryGetValue((from, move), out var to) ? to : null;

    /// <returns>Null when that cannot follow.</returns>
    public static SessionState? Next(SessionState from, SessionMove move) => Sessions.TryGetValue((from, move), out var to) ? to : null;
}
