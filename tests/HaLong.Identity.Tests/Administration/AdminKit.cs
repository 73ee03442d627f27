using System.Net;
using System.Text.Json;
using HaLong.Identity.Tests.Staff;

namespace HaLong.Identity.Tests.Administration;

/// <summary>What an administrator types.</summary>
internal static class AdminKit
{
    public static Task<string> AdministratorAsync(this IdentitySite site) => site.TokenAsync("administrator", strong: true);

    public static Task<string> SecondAsync(this IdentitySite site) => site.TokenAsync("administrator2", strong: true);

    /// <summary>An administrator of one commune, made for the test.</summary>
    public static async Task<string> LocalAsync(this IdentitySite site, string unit)
    {
        var name = "local-" + Guid.CreateVersion7().ToString("N")[^12..];
        await site.OfficialAsync(name, (unit, ["administrator"]));
        return await site.TokenAsync(name, strong: true);
    }

    public static object Appointment(string unit, string[] roles, string? title = "Chuyên viên", DateOnly? from = null, DateOnly? to = null) =>
        new { unit, title, roles, validFrom = from?.Iso(), validTo = to?.Iso(), decisionNumber = "15/QĐ-UBND", legalBasis = "Nghị định 118/2025/NĐ-CP" };

    public static object Person(string userName, object appointment, string? number = null) => new
    {
        userName,
        displayName = "Nguyễn Văn Đức " + userName,
        personalNumber = number,
        email = userName + "@halong.example",
        phone = "0912345678",
        appointment,
    };

    public static Task<Reply> PostAsync(this IdentitySite site, string path, string? token, object? body = null, string? ifMatch = null, string? key = null) =>
        site.CallAsync(HttpMethod.Post, "/api/v1/admin/" + path, token, body, ifMatch, key);

    public static Task<Reply> ReadAsync(this IdentitySite site, string path, string token) => site.CallAsync(HttpMethod.Get, "/api/v1/admin/" + path, token);

    public static async Task<Guid> CreatedAsync(this IdentitySite site, string userName, string unit, params string[] roles) =>
        (await site.PostAsync("staff", await site.AdministratorAsync(), Person(userName, Appointment(unit, roles)))).Expect(HttpStatusCode.Created)["id"].GetGuid();

    public static Task<Reply> GrantAsync(this IdentitySite site, string token, Guid person, string unit, params string[] roles) =>
        site.PostAsync($"staff/{person}/assignments", token, Appointment(unit, roles));

    /// <summary>Audit entries about something, oldest first.</summary>
    public static async Task<List<JsonElement>> AuditOfAsync(this IdentitySite site, string target)
    {
        var items = (await site.ReadAsync($"audit?limit=100&target={target}", await site.AdministratorAsync())).Expect(HttpStatusCode.OK).Items;
        items.Reverse();
        return items;
    }

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
