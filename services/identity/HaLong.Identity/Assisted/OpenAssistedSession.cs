using System.Text;
using System.Text.Json;
using HaLong.Identity.Codes;
using HaLong.Identity.Contracts;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Delegations;
using HaLong.Identity.Domain;
using HaLong.Identity.Keys;
using HaLong.Identity.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Identity.Assisted;

/// <summary>
/// A helper asks to assist a citizen. A code goes to the telephone that the citizen has on file; one that the helper types is used only for
/// an account that is to be opened. The answer is the same whether or not the citizen is known.
/// </summary>
internal sealed class OpenAssistedSession(
    IdentityDbContext db, AssistedDesk desk, People people, OneTimeCodes codes, FieldVault vault, Caller caller, TimeProvider time, IOptions<AssistedOptions> options)
{
    /// <param name="PersonalNumber">12 digits.</param>
    /// <param name="Name">As on the identity card.</param>
    /// <param name="Phone">The citizen's own; only with account.open.</param>
    internal sealed record Citizen(string? PersonalNumber, string? Name, string? Phone);

    /// <param name="Kind">office or home.</param>
    /// <param name="Text">Name of the office, or address of the home.</param>
    /// <param name="Unit">Unit in which it lies; absent = the helper's.</param>
    internal sealed record Place(string? Kind, string? Text, string? Unit);

    /// <param name="Citizen">Who is to be assisted.</param>
    /// <param name="Purpose">What for, up to 200 characters; the citizen is told.</param>
    /// <param name="Place">Where.</param>
    /// <param name="Acts">Any of account.open, dossier.read, dossier.fill, dossier.scan, dossier.submit, payment.pay.</param>
    /// <param name="DossierId">A dossier of the citizen's to go on with; absent = the first one worked on.</param>
    internal sealed record Request(Citizen? Citizen, string? Purpose, Place? Place, IReadOnlyList<string>? Acts, Guid? DossierId);

    public async Task<IResult> HandleAsync(Request request, HttpContext http, CancellationToken ct)
    {
        if (caller.Unit is not { Length: > 0 } unit)
            return IdentityErrors.HelperWithoutUnit.ToProblem();
        if (request.Acts?.Contains(Acts.DossierSign) == true)
            return IdentityErrors.AssistedSigning.ToProblem();
        var checkedRequest = AssistedRules.Check(request, unit);
        if (!checkedRequest.IsSuccess)
            return checkedRequest.Error.ToProblem();
        var (number, phone, place, acts) = checkedRequest.Value;
        var (now, name) = (time.GetUtcNow(), request.Citizen!.Name!.Trim());
        var index = people.IndexOf(number);
        if (await TooManyAsync(index, now, ct) is { } refusal)
            return refusal.ToProblem();
        if (!await desk.CloseLapsedAsync(index, ct))
            return IdentityErrors.AssistedTwice.ToProblem();

        // Number and name must both fit; a helper does not assist himself.
        var known = await people.FindAsync(number, name, ct) is { Kind: AccountKind.Citizen } account && account.Id != caller.AccountId ? account : null;
        var opens = acts.Contains(Acts.AccountOpen) && known is null && await people.WithNumberAsync(number, ct) is null;
        var id = Guid.CreateVersion7(now);
        var session = AssistedSession.Open(
            id, caller.AccountId, unit, new AssistedCitizen(known?.Id, index, name), request.Purpose!.Trim(), place with { Text = place.Kind == AssistedPlace.Home ? null : place.Text },
            place is { Kind: AssistedPlace.Home, Text: { } address } ? vault.Seal(AssistedSeals.Address, id.ToString(), Encoding.UTF8.GetBytes(address)) : null,
            acts, request.DossierId, now,
            opens ? vault.Seal(AssistedSeals.Opening, id.ToString(), JsonSerializer.SerializeToUtf8Bytes(new Opening(number.Value, phone))) : null);
        var target = known is not null ? AssistedRules.Mobile(known.Phone) : opens ? phone : null;
        var issued = await codes.IssueAsync(CodePurposes.AssistedSession, target, known?.Language ?? "vi", AssistedDesk.BoundTo(id), ct);
        if (issued.IsSuccess)
            session.AskedBy(issued.Value.ChallengeId);
        db.AssistedSessions.Add(session);
        db.Enqueue(new AssistedSessionOpened(id, session.HelperId, session.CitizenId, session.HelperUnit, session.PlaceKind, now));
        await db.SaveChangesAsync(ct);
        Etag.Set(http.Response, session.Version);
        return TypedResults.Created($"/api/v1/assisted-sessions/{id}", await desk.ViewAsync(session, ct));
    }

    private async Task<Error?> TooManyAsync(byte[] index, DateTimeOffset now, CancellationToken ct)
    {
        var since = now.AddHours(-1);
        return await db.AssistedSessions.CountAsync(s => s.HelperId == caller.AccountId && s.OpenedAt > since, ct) >= options.Value.PerHelperAndHour
            || await db.AssistedSessions.CountAsync(s => s.CitizenIndex == index && s.OpenedAt > since, ct) >= options.Value.PerCitizenAndHour
            ? IdentityErrors.TooManyAssisted with { RetryAfterSeconds = 3600 }
            : null;
    }
}

/// <summary>What is needed to open an account once the citizen has agreed.</summary>
/// <param name="Number">Personal number.</param>
/// <param name="Phone">The citizen's telephone, E.164; null without one.</param>
internal sealed record Opening(string Number, string? Phone);

/// <summary>Purposes under which parts of a session are sealed.</summary>
internal static class AssistedSeals
{
    public const string Address = "assisted-addresses";
    public const string Opening = "assisted-openings";
    public const string Paper = "paper-consents";
}
