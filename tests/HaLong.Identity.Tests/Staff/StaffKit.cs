using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.Identity.Sessions;
using HaLong.Identity.Staff;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Tests.Staff;

/// <summary>Officials made for one test, and calls with a token.</summary>
internal static class StaffKit
{
    public static readonly DateOnly LongAgo = new(2025, 7, 1);

    public static DateOnly Today(this IdentitySite site) => LocalTime.Date(site.Clock.GetUtcNow());

    /// <summary>An official with an assignment for each unit; the first is the main one.</summary>
    public static async Task<Guid> OfficialAsync(this IdentitySite site, string userName, params (string Unit, string[] Roles)[] work)
    {
        var id = Guid.CreateVersion7();
        await site.DatabaseAsync(async db =>
        {
            var account = Account.RegisterStaff(id, AccountKind.Official, userName, "Cán bộ " + userName, site.Clock.GetUtcNow());
            account.SetPasswordHash((await db.Accounts.SingleAsync(a => a.UserName == "officer")).PasswordHash);
            account.SetLevel(2);
            db.Accounts.Add(account);
            var staff = site.Register(db);
            staff.Enrol(account, null);
            foreach (var (unit, roles) in work)
                await staff.OpenAsync(account, await UnitAsync(db, unit), Terms(roles, primary: unit == work[0].Unit), null, default);
            return await db.SaveChangesAsync();
        });
        return id;
    }

    public static AssignmentTerms Terms(string[] roles, DateOnly? from = null, DateOnly? to = null, bool primary = false) =>
        new("Chuyên viên", roles, from ?? LongAgo, to, primary, null, null);

    public static Task<Guid> AssignAsync(this IdentitySite site, Guid accountId, string unit, AssignmentTerms terms) => site.DatabaseAsync(async db =>
    {
        var account = await db.Accounts.SingleAsync(a => a.Id == accountId);
        var assignment = await site.Register(db).OpenAsync(account, await UnitAsync(db, unit), terms, null, default);
        await db.SaveChangesAsync();
        return assignment.Id;
    });

    /// <summary>From now on the official is an officer of this unit and no other.</summary>
    public static Task<int> MoveAsync(this IdentitySite site, Guid accountId, string unit) => site.DatabaseAsync(async db =>
    {
        var account = await db.Accounts.SingleAsync(a => a.Id == accountId);
        var staff = site.Register(db);
        foreach (var old in await db.Assignments.Where(a => a.AccountId == accountId && a.RevokedAt == null).ToListAsync())
            staff.End(account, old, null, ReleaseReasons.Ended, null);
        await staff.OpenAsync(account, await UnitAsync(db, unit), Terms(["officer"], primary: true), null, default);
        return await db.SaveChangesAsync();
    });

    public static StaffRegister Register(this IdentitySite site, IdentityDbContext db) => new(db, new Revocations(db, site.Clock), site.Clock);

    /// <summary>The unit of a code today, or of an id.</summary>
    public static Task<Unit> UnitAsync(IdentityDbContext db, string unit) => unit.Contains('@', StringComparison.Ordinal)
        ? db.Units.SingleAsync(u => u.Id == unit)
        : db.Units.SingleAsync(u => u.Code == unit && u.ValidTo == null);

    public static async Task<Reply> CallAsync(
        this IdentitySite site, HttpMethod method, string path, string? token = null, object? body = null, string? ifMatch = null, string? key = null, string? language = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null)
            request.Content = body is string text ? new StringContent(text, System.Text.Encoding.UTF8, "application/json") : JsonContent.Create(body);
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (language is not null)
            request.Headers.AcceptLanguage.ParseAdd(language);
        using var answer = await site.NewBrowser().Http.SendAsync(request, TestContext.Current.CancellationToken);
        var content = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new Reply(answer.StatusCode, content, answer.Headers.ETag?.Tag, answer.Headers.Location?.OriginalString);
    }

    public static Task<Reply> GetAsync(this IdentitySite site, string path, string? token = null) => site.CallAsync(HttpMethod.Get, path, token);

    public static string Iso(this DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>What came back.</summary>
internal sealed record Reply(HttpStatusCode Status, string Text, string? Etag, string? Location)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Text);

    public string? Code => Json.GetProperty("code").GetString();

    public JsonElement this[string property] => Json.GetProperty(property);

    public List<JsonElement> Items => [.. Json.GetProperty("items").EnumerateArray()];

    /// <summary>Fields that a validation problem speaks about.</summary>
    public IEnumerable<string> Fields => Json.GetProperty("errors").EnumerateObject().Select(e => e.Name);

    public Reply Expect(HttpStatusCode status)
    {
        Assert.True(Status == status, $"{(int)Status} instead of {(int)status}: {Text}");
        return this;
    }

    public Reply Refused(HttpStatusCode status, string code)
    {
        Expect(status);
        Assert.Equal(code, Code);
        return this;
    }
}
