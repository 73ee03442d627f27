using HaLong.Identity.AccessLog;
using HaLong.Identity.Domain;
using HaLong.Identity.Keys;
using HaLong.Identity.Limits;
using HaLong.Identity.Organisations;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Identity.Counter;

/// <summary>
/// Finds the account of who stands at the counter: by the whole personal number, telephone number or tax code, never by a part. A POST, so
/// that nothing personal stands in an address; what comes back is masked, and the person can read who searched and why.
/// </summary>
internal sealed class SearchAccounts(
    IdentityDbContext db, CounterDesk desk, PersonalNumbers numbers, Limiter limiter, Caller caller, IOptions<CounterOptions> options)
{
    private const int Most = 20;
    private const int ShortestNote = 10;
    private const int LongestNote = 500;

    private static readonly string[] Purposes = [AccessWords.CounterVerification, AccessWords.OrganisationVerification];

    /// <param name="PersonalNumber">All 12 digits; finds the person and a household business under this number.</param>
    /// <param name="Phone">A whole telephone number; a family may share one.</param>
    /// <param name="TaxCode">A whole tax code of 10 or 10-3 digits.</param>
    /// <param name="Purpose">counter-verification or organisation-verification.</param>
    /// <param name="Note">The reason in words, 10 to 500 characters; the person can read it.</param>
    internal sealed record Request(string? PersonalNumber, string? Phone, string? TaxCode, string? Purpose, string? Note);

    /// <param name="Id">The account.</param>
    /// <param name="Kind">citizen or organisation.</param>
    /// <param name="Name">A person's name but for the last word shortened to initials; an organisation's in full.</param>
    /// <param name="PersonalNumber">Masked.</param>
    /// <param name="Phone">Masked but for the last three digits.</param>
    /// <param name="TaxCode">Of an organisation.</param>
    /// <param name="Level">1 self-registered, 2 verified.</param>
    /// <param name="Version">Revision of the account, for If-Match.</param>
    internal sealed record View(Guid Id, string Kind, string Name, string? PersonalNumber, string? Phone, string? TaxCode, int Level, uint Version);

    public async Task<IResult> HandleAsync(Request request, HttpContext http, CancellationToken ct)
    {
        var error = Read(request, out var number, out var phone, out var code);
        if (error.FieldMessages.Count > 0)
            return error.ToProblem();
        var rule = LimitRule.Quota("account-search", options.Value.SearchesPerHour, TimeSpan.FromHours(1));
        if (await limiter.TakeAsync(rule, caller.ActorId.ToString(), ct) is { } wait)
            return (VerificationErrors.TooManySearches with { RetryAfterSeconds = (int)Math.Ceiling(wait.TotalSeconds) }).ToProblem();

        var found = await Matching(number, phone, code).AsNoTracking().OrderBy(a => a.Id).Take(Most).ToListAsync(ct);
        await desk.RecordAsync(found.ConvertAll(a => a.Id), AccessWords.AccountSearch, null, request.Purpose!, request.Note!.Trim(), ct); // Both checked by Read.
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new Page<View>(found.ConvertAll(Show), null));
    }

    private IQueryable<Account> Matching(PersonalNumber? number, PhoneNumber? phone, TaxCode? code)
    {
        var people = db.Accounts.Where(a => !a.IsClosed && (a.Kind == AccountKind.Citizen || a.Kind == AccountKind.Organisation));
        if (number is not null)
        {
            var index = numbers.IndexOf(number);
            var household = db.Accounts.Where(a => a.PersonalNumberIndex == index).Select(a => a.Id);
            return people.Where(a => a.PersonalNumberIndex == index || db.Organisations.Any(o => o.AccountId == a.Id && o.OwnerId != null && household.Contains(o.OwnerId.Value)));
        }

        if (phone is null)
            return people.Where(a => a.TaxCode == code!.Value); // One of the three is there.
        // Accounts of before keep the number as it was typed.
        string[] written = [phone.E164, phone.National];
        return people.Where(a => written.Contains(a.Phone));
    }

    private static Error Read(Request request, out PersonalNumber? number, out PhoneNumber? phone, out TaxCode? code)
    {
        var error = VerificationErrors.SearchInvalid;
        number = PersonalNumber.TryParse(request.PersonalNumber?.Trim());
        phone = PhoneNumber.TryParse(request.Phone);
        (code, _) = TaxCode.Parse(request.TaxCode?.Trim());
        if (new[] { request.PersonalNumber, request.Phone, request.TaxCode }.Count(t => t is not null) != 1)
            error = error.WithField("personalNumber", "Hãy tìm theo đúng một trong: số định danh, số điện thoại, mã số thuế.", "Search by exactly one of personal number, telephone and tax code.");
        else if (request.PersonalNumber is not null && number is null)
            error = error.WithField("personalNumber", "Số định danh có 12 chữ số.", "A personal number has 12 digits.");
        else if (request.Phone is not null && phone is null)
            error = error.WithField("phone", "Số điện thoại không đúng.", "The telephone number is not right.");
        else if (request.TaxCode is not null && code is null or { Form: OrganisationCode.Household })
            error = error.WithField("taxCode", "Mã số thuế có 10 số hoặc 10 số-3 số; mã 12 số hãy tìm như số định danh.", "A tax code has 10 or 10-3 digits; search for one of 12 as a personal number.");
        if (!Purposes.Contains(request.Purpose))
            error = error.WithField("purpose", $"Một trong: {string.Join(", ", Purposes)}.", $"One of: {string.Join(", ", Purposes)}.");
        if ((request.Note?.Trim().Length ?? 0) is < ShortestNote or > LongestNote)
            error = error.WithField("note", $"Từ {ShortestNote} đến {LongestNote} ký tự.", $"{ShortestNote} to {LongestNote} characters.");
        return error;
    }

    private View Show(Account a) => new(
        a.Id, a.Kind, a.Kind == AccountKind.Citizen ? Initials(a.DisplayName) : a.DisplayName, numbers.Of(a)?.ToString(), PhoneNumber.Mask(a.Phone), a.TaxCode,
        a.Level, a.Version);

    internal static string Initials(string name) =>
        name.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [.. var first, var last] ? string.Join(' ', [.. first.Select(w => w[0] + "."), last]) : "";
}
