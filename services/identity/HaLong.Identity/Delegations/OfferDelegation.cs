using HaLong.Identity.Contracts;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Identity.Delegations;

/// <summary>Offers a delegation. The answer is the same whether or not anybody has the number or account named.</summary>
internal sealed class OfferDelegation(
    IdentityDbContext db, DelegationDesk desk, People people, Caller caller, TimeProvider time, IOptions<DelegationOptions> options)
{
    private const int MaxProcedures = 50;
    private const int MaxNote = 500;
    private const int MaxName = 200;

    /// <param name="AccountId">Their account, when known.</param>
    /// <param name="PersonalNumber">Else their personal number, together with the name.</param>
    /// <param name="Name">Name as on the identity card.</param>
    internal sealed record Party(Guid? AccountId, string? PersonalNumber, string? Name);

    /// <param name="Delegate">Who is to act: an account, or number and name.</param>
    /// <param name="Acts">Any of dossier.read, dossier.fill, dossier.scan, dossier.submit, payment.pay, result.read.</param>
    /// <param name="Procedures">The only procedures covered; absent or empty = every one.</param>
    /// <param name="DossierId">The only dossier covered; absent = every one.</param>
    /// <param name="From">First local day; absent = today.</param>
    /// <param name="To">Last local day; absent = one year (Civil Code 2015 art. 563).</param>
    /// <param name="Note">What for, up to 500 characters.</param>
    internal sealed record Request(
        Party? Delegate, IReadOnlyList<string>? Acts, IReadOnlyList<string>? Procedures, Guid? DossierId, DateOnly? From, DateOnly? To, string? Note);

    public async Task<IResult> HandleAsync(Request request, HttpContext http, CancellationToken ct)
    {
        if (options.Value.RequireStrong && StepUp.Demand(http) is { } weak)
            return weak;
        if (request.Acts?.Contains(Acts.DossierSign) == true)
            return IdentityErrors.SigningNotDelegable.ToProblem();
        var (error, terms, number) = Read(request);
        if (number is not null && await IsMyselfAsync(number, ct))
            error = (error ?? IdentityErrors.DelegationInvalid).WithField("delegate", "Không thể ủy quyền cho chính mình.", "You cannot be your own delegate.");
        if (error is not null)
            return error.ToProblem();
        var now = time.GetUtcNow();
        if (await desk.Given.CountAsync(d => d.OfferedAt > now.AddDays(-1), ct) >= options.Value.OffersPerDay)
            return (IdentityErrors.TooManyDelegations with { RetryAfterSeconds = 3600 }).ToProblem();

        var invited = number is null
            ? new Invited(request.Delegate!.AccountId, null, null)
            : new Invited((await people.FindAsync(number, request.Delegate!.Name!, ct))?.Id, people.IndexOf(number), request.Delegate.Name!.Trim());
        var delegation = Delegation.Offer(Guid.CreateVersion7(now), caller.AccountId, invited, terms, now);
        db.Delegations.Add(delegation);
        db.Enqueue(new DelegationOffered(delegation.Id, delegation.PrincipalId, delegation.DelegateId, now));
        await db.SaveChangesAsync(ct);
        Etag.Set(http.Response, delegation.Version);
        return TypedResults.Created($"/api/v1/me/delegations/{delegation.Id}", (await desk.ViewsAsync([delegation], ct))[0]);
    }

    private (Error? Error, DelegationTerms Terms, PersonalNumber? Number) Read(Request request)
    {
        Error? error = null;
        void Wrong(string field, string vi, string en) => error = (error ?? IdentityErrors.DelegationInvalid).WithField(field, vi, en);

        var party = request.Delegate;
        var number = PersonalNumber.TryParse(party?.PersonalNumber);
        if (party is null || (party.AccountId is null) == (party.PersonalNumber is null))
            Wrong("delegate", "Hãy nêu tài khoản, hoặc số định danh kèm họ tên.", "Give either an account, or a personal number with the name.");
        else if (party.AccountId == caller.AccountId)
            Wrong("delegate", "Không thể ủy quyền cho chính mình.", "You cannot be your own delegate.");
        else if (party.PersonalNumber is not null && number is null)
            Wrong("delegate.personalNumber", "Số định danh có 12 chữ số.", "A personal number has 12 digits.");
        if (party?.PersonalNumber is not null && (string.IsNullOrWhiteSpace(party.Name) || party.Name.Length > MaxName))
            Wrong("delegate.name", "Hãy ghi họ tên như trên căn cước.", "Give the name as on the identity card.");

        var acts = request.Acts?.Distinct().ToArray() ?? [];
        if (acts.Length == 0 || acts.Except(Acts.OfDelegations).Any())
            Wrong("acts", "Chọn trong: " + string.Join(", ", Acts.OfDelegations) + ".", "Choose from: " + string.Join(", ", Acts.OfDelegations) + ".");
        var procedures = request.Procedures?.Distinct().ToArray() ?? [];
        if (procedures.Length > MaxProcedures || !procedures.All(IsProcedureCode))
            Wrong("procedures", $"Tối đa {MaxProcedures} mã thủ tục hợp lệ.", $"At most {MaxProcedures} procedure codes.");
        if (request.Note?.Length > MaxNote)
            Wrong("note", $"Tối đa {MaxNote} ký tự.", $"At most {MaxNote} characters.");

        var from = request.From ?? desk.Today;
        if (from < desk.Today || from > desk.Today.AddDays(options.Value.LatestStartDays))
            Wrong("from", "Ngày bắt đầu từ hôm nay, không quá một năm nữa.", "The first day is today or within a year.");
        var to = request.To ?? (from.Year < 9998 ? from.AddYears(1).AddDays(-1) : from);
        if (to < from || to.DayNumber - from.DayNumber >= options.Value.LongestDays)
            Wrong("to", "Ngày kết thúc không trước ngày bắt đầu và không quá hai năm.", "The last day is not before the first, and within two years of it.");
        return (error, new DelegationTerms(acts, procedures, request.DossierId, from, to, string.IsNullOrWhiteSpace(request.Note) ? null : request.Note.Trim()), number);
    }

    private async Task<bool> IsMyselfAsync(PersonalNumber number, CancellationToken ct)
    {
        var index = people.IndexOf(number);
        return await db.Accounts.AnyAsync(a => a.Id == caller.AccountId && a.PersonalNumberIndex == index, ct);
    }

    // What a code looks like; whether it exists is the dossier service's knowledge, and an unknown one covers nothing.
    private static bool IsProcedureCode(string code) => code.Length is > 0 and <= 32 && code.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-');
}
