using System.Net;
using HaLong.Identity.Tests.Delegations;
using HaLong.Identity.Tests.Organisations;
using HaLong.Identity.Tests.Staff;

namespace HaLong.Identity.Tests.Counter;

/// <summary>What an official types at the counter.</summary>
internal static class CounterKit
{
    public const string Path = "/api/v1/admin/accounts";

    public static Dictionary<string, object?> Document(TestPerson person, string? phone = null, params (string Name, object? Value)[] changes)
    {
        var form = new Dictionary<string, object?>
        {
            ["documentKind"] = "identityCard",
            ["personalNumber"] = person.Number,
            ["fullName"] = person.Name,
            ["birthDate"] = "1990-05-17",
            ["expiresOn"] = "2030-05-17",
            ["phone"] = phone,
            ["documentSeen"] = true,
            ["faceCompared"] = true,
            ["note"] = "Xuất trình tại quầy số 2",
        };
        foreach (var (name, value) in changes)
            form[name] = value;
        return form;
    }

    public static Task<Reply> VerifyAsync(this IdentitySite site, string token, Guid account, object document, string? ifMatch = null, string? key = null) =>
        site.CallAsync(HttpMethod.Post, $"{Path}/{account}/verification", token, document, ifMatch, key);

    public static Task<Reply> UndoAsync(this IdentitySite site, string token, Guid account, string? reason = "Giấy tờ bị phát hiện là giả", string? ifMatch = null) =>
        site.CallAsync(HttpMethod.Delete, $"{Path}/{account}/verification", token, new { reason }, ifMatch);

    /// <summary>Verified by the reception officer of 06688; the telephone is the one on file.</summary>
    public static async Task VerifiedAtCounterAsync(this IdentitySite site, TestPerson person)
    {
        var phone = await site.DatabaseAsync(async db => (await db.Accounts.FindAsync(person.Id))!.Phone);
        (await site.VerifyAsync(await site.ReceptionAsync(), person.Id, Document(person, phone))).Expect(HttpStatusCode.OK);
    }
}
