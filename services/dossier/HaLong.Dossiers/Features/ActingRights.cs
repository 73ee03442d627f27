using HaLong.Dossiers.Domain;
using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Features;

/// <summary>
/// What the caller may do for the owner: everything for himself; as delegate, representative or helper what the authoriser says. Asked when
/// a request comes in, and once more right before something is saved: an upload can take longer than a right lasts.
/// </summary>
internal sealed class ActingRights(Authoriser authoriser, Caller caller)
{
    private readonly Acting who = new(caller.AccountId, caller.ActorId, caller.Delegation, caller.AssistedSession);

    /// <summary>May the caller do this at all, and to what?</summary>
    public async Task<Result<Decision>> AskAsync(string act, CancellationToken ct) => Read(await authoriser.MayAsync(who, act, ct));

    /// <summary>May the caller do this to the dossier now? Notes in it who did, when somebody did it for the owner.</summary>
    public async Task<Result> CommitAsync(string act, Dossier dossier, CancellationToken ct)
    {
        var asked = await HandAsync(act, dossier, ct);
        if (!asked.IsSuccess)
            return asked.Error;
        if (asked.Value is { } hand)
            dossier.WorkedOn(hand);
        return Result.Success;
    }

    /// <summary>The same without the note: tells whose hand is at work; null when it is the owner's own.</summary>
    public async Task<Result<Hand?>> HandAsync(string act, Dossier dossier, CancellationToken ct)
    {
        var decided = Read(await authoriser.MayCommitAsync(who, new Deed(act, dossier.ProcedureCode, dossier.Id), ct));
        if (!decided.IsSuccess)
            return decided.Error;
        return who.IsOwn ? (Hand?)null : HandOf(act, decided.Value);
    }

    /// <summary>May the caller open a dossier now? Answers with the id it must have: an assisted session holds one for its only dossier.</summary>
    public async Task<Result<(Guid Id, Hand? Hand)>> OpenAsync(string procedureCode, Guid proposal, CancellationToken ct)
    {
        var decided = Read(await authoriser.MayCommitAsync(who, new Deed(Acts.DossierFill, procedureCode, proposal, Opens: true), ct));
        if (!decided.IsSuccess)
            return decided.Error;
        return (who.AssistedSession is null ? proposal : decided.Value.DossierId ?? proposal, who.IsOwn ? null : HandOf(Acts.DossierFill, decided.Value));
    }

    /// <summary>The role in which the caller files: for himself, or whose hand he is.</summary>
    public string Role => caller switch
    {
        { AssistedSession: not null } => Roles.Helper,
        { Delegation: not null } => "delegate",
        { ActsForAnother: true } => "representative",
        _ => caller.IsInRole(Roles.Organisation) ? Roles.Organisation : Roles.Citizen,
    };

    private Hand HandOf(string act, Decision decision) => new(
        who.Actor, who.Delegation, who.AssistedSession, decision.Assistance?.Unit, decision.Assistance?.Place,
        who.AssistedSession is null ? null : act == Acts.DossierScan ? AssistanceKind.Scanning : AssistanceKind.FormFilling)
    {
        Organisation = decision.Assistance?.Organisation,
    };

    private static Result<Decision> Read(Decision decision) => decision switch
    {
        { Verdict: Verdict.Allowed } => decision,
        { Verdict: Verdict.Unavailable } => DossierErrors.AuthoriserUnavailable,
        { Reason: RefusalReasons.Unknown or RefusalReasons.NotActive } => DossierErrors.RightEnded,
        _ => DossierErrors.NotCovered,
    };
}
