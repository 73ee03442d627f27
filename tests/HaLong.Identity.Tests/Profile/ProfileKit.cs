using System.Net;
using System.Security.Claims;
using System.Text.Json;
using HaLong.Identity.Codes;
using HaLong.Identity.Tests.Delegations;
using HaLong.Identity.Tests.PersonalData;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;

namespace HaLong.Identity.Tests.Profile;

/// <summary>Somebody with an account, a telephone and a token of a test's own.</summary>
internal sealed record Owner(Guid Id, string UserName, string Number, string Phone, string Token)
{
    /// <summary>As SMS are addressed.</summary>
    public string E164 => ProfileKit.E164(Phone);
}

/// <summary>What tests of profiles do again and again.</summary>
internal static class ProfileKit
{
    public const string Points = "/api/v1/me/contact-points";
    public const string Closure = "/api/v1/me/closure";

    public static string E164(string national) => "+84" + national[1..];

    public static string NewEmail() => $"hop-{Guid.CreateVersion7():N}@halong.example";

    /// <summary>A new person, signed in just now.</summary>
    public static async Task<Owner> OwnerAsync(this IdentitySite site, string role = Roles.Citizen, bool strong = false, string? email = null, int level = 1, bool hasPhone = true)
    {
        var phone = AssistedHelp.NewPhone();
        var person = await site.PersonAsync(role: role, phone: hasPhone ? phone : null);
        await site.DatabaseAsync(db => db.Accounts.Where(a => a.Id == person.Id)
            .ExecuteUpdateAsync(s => s.SetProperty(a => a.Email, email).SetProperty(a => a.Level, level)));
        return new Owner(person.Id, person.UserName, person.Number, phone, await site.TokenAsync(person.UserName, strong));
    }

    /// <summary>A token of a sign-in that lies some time back.</summary>
    public static string OldToken(this IdentitySite site, Owner owner, TimeSpan age, bool strong = false) => site.Mint(
    [
        new Claim("sub", owner.Id.ToString()), new Claim("scope", Policies.ApiScope), new Claim("role", Roles.Citizen),
        new Claim("acr", strong ? Caller.StrongAcr : Caller.BasicAcr),
        new Claim("auth_time", (site.Clock.GetUtcNow() - age).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), ClaimValueTypes.Integer64),
    ]);

    /// <summary>A token in which a delegate acts for the owner.</summary>
    public static string DelegateToken(this IdentitySite site, Owner owner, Guid actor) => site.Mint(
    [
        new Claim("sub", owner.Id.ToString()), new Claim("scope", Policies.ApiScope), new Claim("role", Roles.Citizen), new Claim("acr", Caller.StrongAcr),
        new Claim("act", $$"""{"sub":"{{actor}}"}""", JsonClaimValueTypes.Json), new Claim("delegation", Guid.CreateVersion7().ToString()),
    ]);

    public static async Task<JsonElement> OkAsync(Task<Calls.Answer> call, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var answer = await call;
        Assert.True(answer.Status == expected, $"{(int)answer.Status} instead of {(int)expected}: {answer.Body}");
        return answer.Body;
    }

    public static async Task<Calls.Answer> RefusedAsync(Task<Calls.Answer> call, int status, string code)
    {
        var answer = await call;
        Assert.True(((int)answer.Status, answer.Code) == (status, code), $"{(int)answer.Status} {answer.Code} instead of {status} {code}: {answer.Body}");
        return answer;
    }

    public static Task<Calls.Answer> PatchAsync(this IdentitySite site, string? token, string path, object body, string? ifMatch = null) =>
        site.CallAsync(token, HttpMethod.Patch, path, body, ifMatch);

    public static async Task<Guid> IdOfAsync(Task<Calls.Answer> call) => (await OkAsync(call, HttpStatusCode.Accepted)).GetProperty("id").GetGuid();

    /// <summary>Asks for another telephone; the id of the change.</summary>
    public static Task<Guid> ReplacePhoneAsync(this IdentitySite site, Owner owner, string phone) =>
        IdOfAsync(site.PatchAsync(owner.Token, Points + "/phone", new { value = phone }));

    public static Task<Calls.Answer> ConfirmAsync(this IdentitySite site, Owner owner, Guid change, string code) =>
        site.PostAsync(owner.Token, $"{Points}/changes/{change}/confirmation", new { code });

    public static async Task<JsonElement[]> PointsAsync(this IdentitySite site, Owner owner) =>
        [.. (await OkAsync(site.GetAsync(owner.Token, Points))).GetProperty("items").EnumerateArray()];

    /// <summary>Lets the code of a question run out.</summary>
    public static Task<int> ExpireCodesAsync(this IdentitySite site, string purpose) => site.DatabaseAsync(db =>
        db.OneTimeCodes.Where(c => c.Purpose == purpose).ExecuteUpdateAsync(s => s.SetProperty(c => c.ExpiresAt, site.Clock.GetUtcNow().AddSeconds(-1))));

    public static string Wrong(string code) => code == "000000" ? "000001" : "000000";

    public static Task<string> CodeAsync(this IdentitySite site, string to, int number = 1) => site.Phones.CodeAsync(to, number);

    public static string ContactPhone => CodePurposes.ContactPhone;
}
