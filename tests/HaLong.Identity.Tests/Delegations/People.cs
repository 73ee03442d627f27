using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Identity.Domain;
using HaLong.Identity.Keys;
using HaLong.Identity.Organisations;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Identity.Tests.Delegations;

/// <summary>Somebody with an account of a test's own.</summary>
internal sealed record TestPerson(Guid Id, string UserName, string Number, string Name);

/// <summary>Makes people and speaks for them.</summary>
internal static class People
{
    private static int _count;

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<TestPerson> PersonAsync(
        this IdentitySite site, string role = Roles.Citizen, string name = "Nguyễn Văn Thử", string? unit = null, string? phone = null, bool canSignIn = false)
    {
        var number = NewNumber();
        var userName = $"{role}-{number}";
        var id = Guid.CreateVersion7();
        var vault = site.Service.Services.GetRequiredService<PersonalNumbers>();
        await site.DatabaseAsync(async db =>
        {
            var account = Account.Register(id, userName, name, [role], site.Clock.GetUtcNow());
            vault.Set(account, PersonalNumber.TryParse(number)!);
            account.SetContactPoints(null, phone, "vi");
            account.AssignTo(unit);
            if (canSignIn)
                account.SetPasswordHash(new PasswordHasher<Account>().HashPassword(account, IdentityProgram.DemoPassword));
            db.Accounts.Add(account);
            return await db.SaveChangesAsync();
        });
        return new TestPerson(id, userName, number, name);
    }

    public static string NewNumber() => string.Create(CultureInfo.InvariantCulture, $"022090{Interlocked.Increment(ref _count) + 500_000:000000}");

    /// <summary>An HTTP client of somebody who has signed in.</summary>
    public static async Task<HttpClient> AsAsync(this IdentitySite site, TestPerson person, bool strong = false) =>
        site.Service.Client(await site.TokenAsync(person.UserName, strong));

    public static string Day(this IdentitySite site, int days = 0) =>
        LocalTime.Date(site.Clock.GetUtcNow()).AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static object Offer(object to, string[]? acts = null, string[]? procedures = null, Guid? dossierId = null, string? from = null, string? until = null) =>
        new { @delegate = to, acts = acts ?? ["dossier.fill", "dossier.submit"], procedures, dossierId, from, to = until, note = "Đi công tác" };

    public static async Task<JsonElement> OfferAsync(HttpClient principal, object to, string[]? acts = null, string[]? procedures = null, Guid? dossierId = null,
        string? from = null, string? until = null) =>
        await BodyAsync(await principal.PostAsJsonAsync("/api/v1/me/delegations", Offer(to, acts, procedures, dossierId, from, until), Ct), HttpStatusCode.Created);

    /// <summary>A delegation that the delegate has accepted.</summary>
    public static async Task<Guid> DelegationAsync(this IdentitySite site, TestPerson principal, TestPerson to, string[]? acts = null, string[]? procedures = null,
        Guid? dossierId = null, string? from = null, string? until = null)
    {
        var offered = await OfferAsync(await site.AsAsync(principal), new { accountId = to.Id }, acts, procedures, dossierId, from, until);
        var id = offered.GetProperty("id").GetGuid();
        await BodyAsync(await (await site.AsAsync(to)).PostAsync($"/api/v1/me/delegations/{id}/acceptance", null, Ct));
        return id;
    }

    public static async Task<JsonElement> GetAsync(HttpClient client, string path) => await BodyAsync(await client.GetAsync(path, Ct));

    public static async Task<JsonElement> BodyAsync(HttpResponseMessage response, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(Ct);
            Assert.True(response.StatusCode == expected, $"{(int)response.StatusCode} instead of {(int)expected}: {text}");
            return text.Length == 0 ? default : JsonElement.Parse(text);
        }
    }

    public static async Task<JsonElement> RefusedAsync(HttpResponseMessage response, int status, string code)
    {
        var body = await BodyAsync(response, (HttpStatusCode)status);
        Assert.Equal(code, body.GetProperty("code").GetString());
        return body;
    }
}

/// <summary>What tests look at behind the API.</summary>
internal static class Behind
{
    /// <summary>Makes somebody, verified from now on, the legal representative from one day (counted from today) to another.</summary>
    public static Task<int> RepresentAsync(this IdentitySite site, TestPerson firm, TestPerson person, int from, int? to, string kind = RepresentativeKind.Legal)
    {
        var now = site.Clock.GetUtcNow();
        var today = LocalTime.Date(now);
        return site.DatabaseAsync(async db =>
        {
            (await db.Accounts.SingleAsync(a => a.Id == person.Id)).SetLevel(2);
            db.Representatives.Add(Representative.Appoint(
                Guid.CreateVersion7(), firm.Id, person.Id, kind, today.AddDays(from), to is { } days ? today.AddDays(days) : null, Guid.Empty, now));
            return await db.SaveChangesAsync();
        });
    }

    public static PersonalNumbers Numbers(this IdentitySite site) => site.Service.Services.GetRequiredService<PersonalNumbers>();
}
