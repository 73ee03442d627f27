using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Domain;
using HaLong.Identity.Keys;
using HaLong.Identity.Persistence;
using HaLong.Identity.Profile.Contacts;
using HaLong.Identity.Sessions;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.DataRequests;

/// <summary>On what evidence the official does what was asked for.</summary>
/// <param name="Evidence">At least 10 characters, for example which paper was seen.</param>
internal sealed record Completion(string? Evidence);

/// <summary>Why a request is refused.</summary>
/// <param name="Reason">At least 10 characters; the person reads it.</param>
/// <param name="LegalBasis">The provision behind it.</param>
internal sealed record DataRefusal(string? Reason, string? LegalBasis);

/// <summary>The steps of the desk.</summary>
internal sealed class DecideDataRequest(
    DataRequestDesk desk, IdentityDbContext db, RequestDetails details, PersonalNumbers numbers, Erasure erasure, Revocations revocations, ContactBook contacts, Caller caller, TimeProvider time)
{
    private const int Shortest = 10;
    private const int Longest = 1000;

    public Task<IResult> AcknowledgeAsync(Guid id, HttpContext http, CancellationToken ct) =>
        StepAsync(id, r => r.Acknowledge(caller.ActorId, time.GetUtcNow()), http, ct);

    public Task<IResult> BeginAsync(Guid id, HttpContext http, CancellationToken ct) => StepAsync(id, r => r.Begin(caller.ActorId, time.GetUtcNow()), http, ct);

    public Task<IResult> RefuseAsync(Guid id, DataRefusal body, HttpContext http, CancellationToken ct)
    {
        var error = IdentityErrors.InvalidDataRequest;
        if (!IsText(body.Reason))
            error = error.WithField("reason", $"Từ {Shortest} đến {Longest} ký tự.", $"{Shortest} to {Longest} characters.");
        if (body.LegalBasis?.Trim().Length is null or < 3 or > 200)
            error = error.WithField("legalBasis", "Hãy nêu căn cứ pháp lý.", "Name the legal basis.");
        return error.FieldMessages.Count > 0
            ? Task.FromResult(error.ToProblem())
            : StepAsync(id, r => r.Refuse(caller.ActorId, body.Reason!.Trim(), body.LegalBasis!.Trim(), time.GetUtcNow()), http, ct); // Both checked above.
    }

    public async Task<IResult> CompleteAsync(Guid id, Completion body, HttpContext http, CancellationToken ct)
    {
        if (!IsText(body.Evidence))
        {
            return IdentityErrors.InvalidDataRequest.WithField(
                "evidence", $"Hãy nêu căn cứ, từ {Shortest} đến {Longest} ký tự.", $"Say on what evidence, {Shortest} to {Longest} characters.").ToProblem();
        }

        // Refusals after the first change must leave nothing behind; with an Idempotency-Key there is a transaction already.
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        var taken = await desk.TakeAsync(id, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var request = taken.Value;
        if (!DataRequestStates.Open.Contains(request.State))
            return IdentityErrors.DataRequestState.Format(request.State).ToProblem();
        if (await db.Accounts.SingleOrDefaultAsync(a => a.Id == request.AccountId, ct) is not { } account)
            return IdentityErrors.AccountNotFound.ToProblem();

        var outcome = await PerformAsync(request, account, ct);
        if (!outcome.IsSuccess)
            return outcome.Error.ToProblem();
        request.Complete(caller.ActorId, body.Evidence!.Trim(), outcome.Value.ToJson(), time.GetUtcNow()); // Checked above.
        var answer = await desk.SaveAsync(request, http, ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return answer;
    }

    private async Task<Result<OutcomeView>> PerformAsync(DataRequest request, Account account, CancellationToken ct)
    {
        switch (request.Kind)
        {
            case DataRequestKinds.Correct:
                return await CorrectAsync(account, details.Open(request).Changes!, ct); // Checked when it was filed.
            case DataRequestKinds.Restrict:
                account.Restrict(time.GetUtcNow());
                db.Enqueue(new ProcessingRestricted(account.Id, Restricted: true, time.GetUtcNow()));
                return new OutcomeView([new DoneView("restricted", "Chỉ lưu giữ, không dùng cho việc không bắt buộc", "Kept only, used for nothing optional", 1)], []);
            case DataRequestKinds.Delete:
                return await erasure.RunAsync(request.Id, account, ct);
            default:
                return new OutcomeView([new DoneView("answered", "Đã xem xét và trả lời", "Considered and answered", 1)], []);
        }
    }

    private async Task<Result<OutcomeView>> CorrectAsync(Account account, ProposedChanges changes, CancellationToken ct)
    {
        var done = new List<DoneView>();
        if (PersonalNumber.TryParse(changes.PersonalNumber) is { } number)
        {
            var index = numbers.IndexOf(number);
            if (await db.Accounts.AnyAsync(a => a.PersonalNumberIndex == index && a.Id != account.Id, ct))
                return IdentityErrors.CannotCorrect;
            numbers.Set(account, number);
            done.Add(new DoneView("personalNumber", "Số định danh cá nhân", "Personal number", 1));
        }

        if (changes.DisplayName is { } name)
        {
            account.Rename(name.Trim());
            done.Add(new DoneView("displayName", "Họ tên", "Name", 1));
        }

        if (changes.BirthDate is { } birth)
        {
            account.SetBirthDate(birth);
            done.Add(new DoneView("birthDate", "Ngày sinh", "Birth date", 1));
        }

        if (changes.Email is not null || changes.Phone is not null)
        {
            if (changes.Email is not null)
                await contacts.SetAsync(account, ContactKinds.Email, changes.Email, isConfirmed: false, ct);
            if (changes.Phone is not null)
                await contacts.SetAsync(account, ContactKinds.Phone, changes.Phone, isConfirmed: false, ct);
            done.Add(new DoneView("contactPoints", "Thông tin liên hệ", "Contact points", 1));
        }

        // Tokens carry the name and the check number.
        revocations.RightsChanged(account);
        return new OutcomeView(done, []);
    }

    private async Task<IResult> StepAsync(Guid id, Func<DataRequest, Result> step, HttpContext http, CancellationToken ct)
    {
        var taken = await desk.TakeAsync(id, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        return step(taken.Value) is { IsSuccess: false } refused ? refused.Error.ToProblem() : await desk.SaveAsync(taken.Value, http, ct);
    }

    private static bool IsText(string? text) => text?.Trim().Length is >= Shortest and <= Longest;
}
