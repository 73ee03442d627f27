using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using HaLong.Identity.Assisted;
using HaLong.Identity.Codes;
using HaLong.Identity.Tests.Delegations;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using static HaLong.Identity.Tests.Delegations.People;

namespace HaLong.Identity.Tests;

/// <summary>What helpers and citizens do, and what stands on the citizen's telephone.</summary>
internal static class AssistedHelp
{
    public const string Api = "/api/v1/assisted-sessions";
    public const string Unit = "06688";

    /// <summary>An active session without the way to it, for tests of what it opens.</summary>
    public static async Task<Guid> ActiveAsync(
        this IdentitySite site, TestPerson helper, TestPerson citizen, string[] acts, string unit = Unit, Guid? dossierId = null, TimeSpan? expires = null)
    {
        var now = site.Clock.GetUtcNow();
        var session = AssistedSession.Open(Guid.CreateVersion7(now), helper.Id, unit, new AssistedCitizen(citizen.Id, Guid.CreateVersion7().ToByteArray(), citizen.Name),
            "Nộp hồ sơ đất đai", new AssistedPlace(AssistedPlace.Office, "Bưu cục số 1", unit), null, acts, dossierId, now);
        Assert.True(session.ConsentByCode(citizen.Id, now).IsSuccess);
        await site.DatabaseAsync(async db =>
        {
            db.AssistedSessions.Add(session);
            await db.SaveChangesAsync();
            return expires is not { } left ? 0 : await db.AssistedSessions.Where(s => s.Id == session.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.ExpiresAt, now + left));
        });
        return session.Id;
    }

    public static Task<TestPerson> HelperAsync(this IdentitySite site, string? unit = Unit) => site.PersonAsync(Roles.Helper, "Trần Văn Giúp", unit);

    private static int _phones;

    public static string NewPhone() => "09870" + Interlocked.Increment(ref _phones).ToString("D5", System.Globalization.CultureInfo.InvariantCulture);

    public static Task<TestPerson> CitizenAsync(this IdentitySite site, string name = "Bà Nguyễn Thị Cụ") => site.PersonAsync(name: name, phone: NewPhone());

    public static object Ask(string number, string name, string[]? acts = null, string? phone = null, string place = "office", Guid? dossierId = null, string purpose = "Cấp giấy lần đầu") => new
    {
        citizen = new { personalNumber = number, name, phone },
        purpose,
        place = new { kind = place, text = place == "home" ? "Số 1, khu 2" : "Bưu cục số 1" },
        acts = acts ?? ["dossier.fill", "dossier.scan", "dossier.submit"],
        dossierId,
    };

    public static object Ask(TestPerson citizen, string[]? acts = null, string place = "office", Guid? dossierId = null) => Ask(citizen.Number, citizen.Name, acts, null, place, dossierId);

    public static async Task<Guid> OpenAsync(HttpClient helper, object request) =>
        (await BodyAsync(await helper.PostAsJsonAsync(Api, request, Ct), HttpStatusCode.Created)).GetProperty("id").GetGuid();

    /// <summary>What was sent for a session: the telephone and the code; null when there is nobody to send it to. Who has no account yet is found by the number given.</summary>
    public static async Task<(string Phone, string Code)?> SmsAsync(this IdentitySite site, Guid session, string? to = null)
    {
        var question = await site.DatabaseAsync(async db =>
        {
            var id = await db.AssistedSessions.Where(s => s.Id == session).Select(s => s.CodeId).SingleAsync();
            return await db.OneTimeCodes.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id);
        });
        if (question is null)
            return null;
        if (question.SentAt is null && await site.Service.InScopeAsync<OneTimeCodes, (string, string)?>(codes =>
            Task.FromResult(codes.Open(question) is { } letter ? (letter.Target, letter.Code) : ((string, string)?)null)) is { } waiting)
            return waiting;

        // Handed over already, and forgotten here: it is on the telephone.
        var phone = to ?? await site.DatabaseAsync(db => db.AssistedSessions.Where(s => s.Id == session)
            .Join(db.Accounts, s => s.CitizenId, a => a.Id, (_, a) => a.Phone).SingleOrDefaultAsync());
        return phone is null ? null : site.Phones.CodesOf("+84" + phone[1..]) is [.., var last] ? ("+84" + phone[1..], last.Code) : null;
    }

    public static Task<HttpResponseMessage> ConsentAsync(HttpClient helper, Guid id, string code) => helper.PostAsJsonAsync($"{Api}/{id}/consent", new { code }, Ct);

    /// <summary>A session that the citizen has agreed to by code, on the way that people go.</summary>
    public static async Task<Guid> StartedAsync(this IdentitySite site, HttpClient helper, TestPerson citizen, string[]? acts = null)
    {
        var id = await OpenAsync(helper, Ask(citizen, acts));
        await BodyAsync(await ConsentAsync(helper, id, (await site.SmsAsync(id))!.Value.Code));
        return id;
    }

    public static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");

    public static Task<HttpResponseMessage> PaperAsync(HttpClient helper, Guid id, byte[] scan, string part = "scan")
    {
        var content = new ByteArrayContent(scan);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return helper.PostAsync($"{Api}/{id}/paper-consent", new MultipartFormDataContent { { content, part, "giay.pdf" } }, Ct);
    }

    public static Task<HttpResponseMessage> WitnessAsync(HttpClient helper, Guid id) => helper.PostAsync($"{Api}/{id}/witness", null, Ct);

    public static Task<JsonElement> SessionAsync(HttpClient client, Guid id) => GetAsync(client, $"{Api}/{id}");

    public static Task<int> LapseAsync(this IdentitySite site, Guid id) => site.DatabaseAsync(db =>
        db.AssistedSessions.Where(s => s.Id == id).ExecuteUpdateAsync(s => s.SetProperty(x => x.ExpiresAt, site.Clock.GetUtcNow().AddSeconds(-1))));
}
