using System.Collections.Concurrent;
using HaLong.Identity.V1;
using Microsoft.Extensions.Logging;

namespace HaLong.Identity.Contracts;

/// <summary>Who acts for whom, and by which right; all of it stands in the access token.</summary>
/// <param name="Subject">Account whose right it is.</param>
/// <param name="Actor">Account that presses the button.</param>
/// <param name="Delegation">Claim delegation.</param>
/// <param name="AssistedSession">Claim assisted_session.</param>
public sealed record Acting(Guid Subject, Guid Actor, Guid? Delegation, Guid? AssistedSession)
{
    /// <summary>True when nobody acts for anybody else.</summary>
    public bool IsOwn => Subject == Actor && Delegation is null && AssistedSession is null;
}

/// <summary>What an act that is about to be saved is about.</summary>
/// <param name="Act">One of <see cref="Acts"/>.</param>
/// <param name="ProcedureCode">The dossier's procedure.</param>
/// <param name="DossierId">The dossier; a proposal when it is new.</param>
/// <param name="Opens">True when the dossier is new.</param>
public sealed record Deed(string Act, string ProcedureCode, Guid DossierId, bool Opens = false);

/// <summary>
/// The one place where services ask whether somebody may act for somebody else. Readers may be told what was true up to
/// <see cref="Staleness"/> ago; before something is saved identity is asked anew. Who acts for himself costs no call. When identity does
/// not answer nothing is allowed.
/// </summary>
public sealed partial class Authoriser(Authorisation.AuthorisationClient client, TimeProvider time, ILogger<Authoriser> log)
{
    /// <summary>How old a permission may be that a reader is given.</summary>
    public static readonly TimeSpan Staleness = TimeSpan.FromSeconds(5);

    /// <summary>How old a refusal may be: short, so that what was just granted works.</summary>
    public static readonly TimeSpan RefusalStaleness = TimeSpan.FromSeconds(1);

    private const int MostRemembered = 10_000;

    private readonly ConcurrentDictionary<(Acting Who, string Act), (Decision Decision, long AskedAt)> _remembered = new();

    /// <summary>May the actor do this at all, and to what? For reading, and for refusing early what would be refused in the end.</summary>
    public async Task<Decision> MayAsync(Acting who, string act, CancellationToken ct)
    {
        if (who.IsOwn)
            return Decision.Own;
        if (_remembered.TryGetValue((who, act), out var known) && time.GetElapsedTime(known.AskedAt) < (known.Decision.IsAllowed ? Staleness : RefusalStaleness))
            return known.Decision;

        // The age counts from before the question: the answer may have been true only at that moment.
        var askedAt = time.GetTimestamp();
        var decision = await AskAsync(who, new CheckQuestion { Act = act }, ct);
        if (decision.Verdict != Verdict.Unavailable)
            Remember((who, act), (decision, askedAt));
        return decision;
    }

    /// <summary>May the actor do this now? Asked without memory right before saving; counted, and an assisted session is bound to the dossier.</summary>
    public Task<Decision> MayCommitAsync(Acting who, Deed deed, CancellationToken ct) => who.IsOwn
        ? Task.FromResult(Decision.Own)
        : AskAsync(who, new CheckQuestion
        {
            Act = deed.Act,
            ProcedureCode = deed.ProcedureCode,
            DossierId = deed.DossierId.ToString(),
            Commits = true,
            Opens = deed.Opens,
        }, ct);

    private async Task<Decision> AskAsync(Acting who, CheckQuestion question, CancellationToken ct)
    {
        question.Subject = who.Subject.ToString();
        question.Actor = who.Actor.ToString();
        question.DelegationId = who.Delegation?.ToString() ?? "";
        question.AssistedSessionId = who.AssistedSession?.ToString() ?? "";
        try
        {
            var answer = await client.CheckAsync(new BatchCheckRequest { Questions = { question } }, cancellationToken: ct);
            return answer.Answers is [var only] ? Decision.Of(only, who) : Decision.NoAnswer;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            NoAnswer(log, e);
            return Decision.NoAnswer;
        }
    }

    private void Remember((Acting, string) key, (Decision, long) value)
    {
        // Entries are worthless after seconds: starting anew is cheaper than tidying up.
        if (_remembered.Count >= MostRemembered)
            _remembered.Clear();
        _remembered[key] = value;
    }

    [LoggerMessage(1401, LogLevel.Warning, "Identity does not say who may act for whom; nothing is allowed until it does")]
    private static partial void NoAnswer(ILogger logger, Exception exception);
}
