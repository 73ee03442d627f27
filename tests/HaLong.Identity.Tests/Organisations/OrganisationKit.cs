using System.Globalization;
using System.Net;
using HaLong.Identity.Domain;
using HaLong.Identity.Tests.Delegations;
using HaLong.Identity.Tests.Staff;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Tests.Organisations;

/// <summary>People who register organisations, and the counter that decides.</summary>
internal static class OrganisationKit
{
    private static int _codes;

    /// <summary>A code that is nobody's yet, with the right check digit.</summary>
    public static string NewCode()
    {
        while (true)
        {
            var nine = string.Create(CultureInfo.InvariantCulture, $"57{Interlocked.Increment(ref _codes):0000000}");
            if (TaxCode.CheckDigitOf(nine) is { } digit)
                return nine + digit.ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>A citizen of level 2.</summary>
    public static async Task<TestPerson> VerifiedAsync(this IdentitySite site, string name = "Phạm Thị Giám Đốc", string? phone = null, bool canSignIn = false)
    {
        var person = await site.PersonAsync(name: name, phone: phone, canSignIn: canSignIn);
        await site.LevelAsync(person, 2);
        return person;
    }

    /// <summary>Somebody who registers with this number and name.</summary>
    public static async Task<TestPerson> PersonWithAsync(this IdentitySite site, string number, string name)
    {
        var id = Guid.CreateVersion7();
        await site.DatabaseAsync(db =>
        {
            var account = Account.Register(id, "with-" + number, name, [AccountKind.Citizen], site.Clock.GetUtcNow());
            site.Numbers().Set(account, PersonalNumber.TryParse(number)!);
            db.Accounts.Add(account);
            return db.SaveChangesAsync();
        });
        return new TestPerson(id, "with-" + number, number, name);
    }

    public static Task<int> LevelAsync(this IdentitySite site, TestPerson person, int level) =>
        site.DatabaseAsync(db => db.Accounts.Where(a => a.Id == person.Id).ExecuteUpdateAsync(a => a.SetProperty(x => x.Level, level)));

    public static Task<string> StrongAsync(this IdentitySite site, TestPerson person) => site.TokenAsync(person.UserName, strong: true);

    public static Task<string> ReceptionAsync(this IdentitySite site) => site.TokenAsync("reception", strong: true);

    public static Task<string> ChiefAsync(this IdentitySite site) => site.TokenAsync("chief", strong: true);

    /// <summary>A reception officer of another unit.</summary>
    public static async Task<string> ElsewhereAsync(this IdentitySite site)
    {
        var name = "elsewhere-" + Guid.CreateVersion7().ToString("N")[^12..];
        await site.OfficialAsync(name, ("06685", ["reception"]));
        return await site.TokenAsync(name, strong: true);
    }

    public static Dictionary<string, object?> Form(string? code = null, params (string Name, object? Value)[] changes)
    {
        var form = new Dictionary<string, object?>
        {
            ["taxCode"] = code ?? NewCode(),
            ["name"] = "Công ty TNHH Thử Nghiệm",
            ["foreignName"] = "Trial Company Limited",
            ["shortName"] = "TRIAL",
            ["address"] = "Số 1 đường 25/4, phường Hồng Gai",
            ["email"] = "lienhe@thunghiem.example",
            ["phone"] = "0203 3825 123",
            ["unit"] = "06688",
        };
        foreach (var (name, value) in changes)
            form[name] = value;
        return form;
    }

    public static object Certificate(string number = "5701234567/GCN", DateOnly? date = null) =>
        new { certificateNumber = number, certificateDate = (date ?? new DateOnly(2020, 3, 2)).Iso(), scanReference = "LT-2026/118", scanSha256 = new string('a', 64) };

    public static async Task<Reply> RegisterAsync(this IdentitySite site, TestPerson person, string? code = null, string? key = null) =>
        await site.CallAsync(HttpMethod.Post, "/api/v1/me/organisations", await site.StrongAsync(person), Form(code), key: key);

    public static async Task<Guid> ClaimAsync(this IdentitySite site, TestPerson person, string? code = null) =>
        (await site.RegisterAsync(person, code)).Expect(HttpStatusCode.Accepted)["claim"].GetProperty("id").GetGuid();

    public static Task<Reply> VerifyAsync(this IdentitySite site, string token, Guid claim, object? certificate = null, string? ifMatch = null, string? key = null) =>
        site.CallAsync(HttpMethod.Post, $"/api/v1/admin/organisation-claims/{claim}/verification", token, certificate ?? Certificate(), ifMatch, key);

    /// <summary>An organisation with its legal representative, through the counter.</summary>
    public static async Task<Guid> OrganisationAsync(this IdentitySite site, TestPerson legal, string? code = null) =>
        (await site.VerifyAsync(await site.ReceptionAsync(), await site.ClaimAsync(legal, code))).Expect(HttpStatusCode.OK)["claim"].GetProperty("organisationId").GetGuid();

    public static Task<Reply> InviteAsync(this IdentitySite site, string token, Guid organisation, TestPerson person, string? to = null, string? name = null, string? key = null) =>
        site.CallAsync(HttpMethod.Post, $"/api/v1/organisations/{organisation}/representatives", token, new { personalNumber = person.Number, name = name ?? person.Name, to }, key: key);

    public static Task<Reply> AnswerAsync(this IdentitySite site, string token, Guid invitation, string answer, string? key = null) =>
        site.CallAsync(HttpMethod.Post, $"/api/v1/me/organisations/{invitation}/{answer}", token, key: key);

    /// <summary>Somebody authorised by the legal representative, who has agreed.</summary>
    public static async Task<Guid> AuthorisedAsync(this IdentitySite site, Guid organisation, TestPerson legal, TestPerson person, string? to = null)
    {
        var id = (await site.InviteAsync(await site.StrongAsync(legal), organisation, person, to)).Expect(HttpStatusCode.Created)["id"].GetGuid();
        (await site.AnswerAsync(await site.StrongAsync(person), id, "acceptance")).Expect(HttpStatusCode.OK);
        return id;
    }

    public static async Task<List<System.Text.Json.JsonElement>> MineAsync(this IdentitySite site, TestPerson person) =>
        (await site.GetAsync("/api/v1/me/organisations", await site.StrongAsync(person))).Expect(HttpStatusCode.OK).Items;
}
