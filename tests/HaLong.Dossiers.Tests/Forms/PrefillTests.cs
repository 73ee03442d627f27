using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Dossiers.Forms;
using HaLong.Identity.Contracts;
using HaLong.Identity.Contracts.Events;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;
using static HaLong.Dossiers.Tests.Drafts.Patching;

namespace HaLong.Dossiers.Tests.Forms;

/// <summary>Told once, not asked again; and nobody learns through a form what he may not see.</summary>
public sealed class PrefillTests(DossierFixture dossiers) : IClassFixture<DossierFixture>, IDisposable
{
    private const string Permit = "1.013225";
    private const string Business = "1.001612";
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Dispose() => dossiers.Neighbours.IdentityDown = false;

    [Fact]
    public async Task The_account_fills_in_name_and_contact_points_and_the_number_by_reference()
    {
        var (owner, client) = NewOwner();
        var draft = await OpenAsync(client, Permit);
        var investor = draft.GetProperty("data").GetProperty("investor");
        Assert.Equal(("Người Thử", "0912345678", "an@example.vn", "@owner"), (Text(investor, "fullName"), Text(investor, "phone"), Text(investor, "email"), Text(investor, "personalNumber")));
        var prefilled = draft.GetProperty("draft").GetProperty("prefilled").EnumerateArray().ToDictionary(p => Text(p, "pointer"));
        Assert.Equal(["/data/investor/email", "/data/investor/fullName", "/data/investor/personalNumber", "/data/investor/phone"], prefilled.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("owner.phone", "profile", "Lấy từ tài khoản."), (Text(prefilled["/data/investor/phone"], "source"), Text(prefilled["/data/investor/phone"].GetProperty("from"), "kind"), Text(prefilled["/data/investor/phone"], "note")));
        Assert.Contains("không chép vào hồ sơ", Text(prefilled["/data/investor/personalNumber"], "note"), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, draft.GetProperty("draft").GetProperty("prefillNote").ValueKind);
        // What was filled in is part of the first revision, so nothing appears from nowhere.
        Assert.Equal("0912345678", Text((await GetAsync(client, $"/api/v1/dossiers/{Id(draft)}/revisions/1")).GetProperty("data").GetProperty("investor"), "phone"));
        Assert.NotEqual(Guid.Empty, owner);
    }

    [Fact]
    public async Task What_the_applicant_says_himself_stands()
    {
        var (_, client) = NewOwner();
        var draft = await OpenAsync(client, Permit, new { investor = new { phone = "0987654321", kind = "individual" } });
        var investor = draft.GetProperty("data").GetProperty("investor");
        Assert.Equal(("0987654321", "an@example.vn", "individual"), (Text(investor, "phone"), Text(investor, "email"), Text(investor, "kind")));
        Assert.DoesNotContain(draft.GetProperty("draft").GetProperty("prefilled").EnumerateArray(), p => Text(p, "source") == "owner.phone");
        var blocked = await OpenAsync(client, Permit, new { investor = "chưa biết" });
        Assert.Equal("chưa biết", Text(blocked.GetProperty("data"), "investor"));
    }

    [Fact]
    public async Task Nothing_is_filled_in_when_it_is_switched_off_and_nobody_is_asked()
    {
        var (_, client) = NewOwner();
        var before = dossiers.Neighbours.ContactCalls;
        var draft = await OpenAsync(client, Permit, prefill: false);
        Assert.Equal("{}", draft.GetProperty("data").GetRawText());
        Assert.Empty(draft.GetProperty("draft").GetProperty("prefilled").EnumerateArray());
        // A form without such fields asks nobody either.
        await OpenAsync(client, Land);
        Assert.Equal(before, dossiers.Neighbours.ContactCalls);
    }

    [Fact]
    public async Task What_was_said_in_a_dossier_filed_before_is_not_asked_again()
    {
        var (_, client) = NewOwner();
        var (first, code) = await FiledAsync(client, "Tổ 5, khu 2");
        var draft = await OpenAsync(client, Business);
        var owner = draft.GetProperty("data").GetProperty("owner");
        Assert.Equal(("06688", "Tổ 5"), (Text(owner.GetProperty("address"), "unit"), Text(owner.GetProperty("address"), "detail")));
        var entry = draft.GetProperty("draft").GetProperty("prefilled").EnumerateArray().Single(p => Text(p, "source") == "owner.address.detail");
        Assert.Equal(("dossier", first, code), (Text(entry.GetProperty("from"), "kind"), entry.GetProperty("from").GetProperty("dossierId").GetGuid(), Text(entry.GetProperty("from"), "code")));
        Assert.Contains(code, Text(entry, "note"), StringComparison.Ordinal);
        // The account comes before what was said earlier.
        Assert.Equal("0912345678", Text(owner, "phone"));
    }

    [Fact]
    public async Task The_newest_dossier_counts_and_a_piece_of_land_comes_from_one_dossier_whole()
    {
        var (_, client) = NewOwner();
        await FiledAsync(client, "Cũ", """{"mapSheet":"34","parcel":"12","area":120.5,"unit":"06688","address":"Cũ"}""");
        var (newest, _) = await FiledAsync(client, "Mới", """{"parcel":"99","area":80,"unit":"06652","address":"Mới"}""");
        var site = (await OpenAsync(client, Permit)).GetProperty("data").GetProperty("site");
        Assert.Equal(("99", 80, "Mới"), (Text(site, "parcel"), site.GetProperty("area").GetDecimal(), Text(site, "address")));
        Assert.False(site.TryGetProperty("mapSheet", out _));
        Assert.NotEqual(Guid.Empty, newest);

        // Where the applicant has begun to name another piece of land, nothing of an earlier one is mixed in.
        var other = (await OpenAsync(client, Permit, new { site = new { parcel = "7" } })).GetProperty("data").GetProperty("site");
        Assert.Equal("""{"parcel":"7"}""", other.GetRawText().Replace(" ", ""));
    }

    [Fact]
    public async Task Drafts_that_were_never_filed_and_other_peoples_dossiers_fill_in_nothing()
    {
        var (_, client) = NewOwner();
        await OpenAsync(client, Permit, new { site = new { parcel = "55", address = "Nháp" } });
        await FiledAsync(NewOwner().Client, "Của người khác");
        Assert.False((await OpenAsync(client, Permit)).GetProperty("data").TryGetProperty("site", out _));
    }

    [Fact]
    public async Task What_this_form_would_not_accept_is_left_out()
    {
        var (owner, client) = NewOwner();
        dossiers.Neighbours.Contacts[owner.ToString()] = ("an@example.vn", "01687654321");
        var draft = await OpenAsync(client, Permit);
        Assert.False(draft.GetProperty("data").GetProperty("investor").TryGetProperty("phone", out _));
        Assert.DoesNotContain(draft.GetProperty("draft").GetProperty("warnings").EnumerateArray(), w => Text(w, "kind") == "invalid");
    }

    [Fact]
    public async Task A_changed_field_is_not_called_prefilled_any_more()
    {
        var (_, client) = NewOwner();
        var draft = await OpenAsync(client, Permit);
        await BodyAsync(await PatchAsync(client, Id(draft), """{"data":{"investor":{"phone":"0987654321"}}}"""));
        var left = (await GetAsync(client, $"/api/v1/dossiers/{Id(draft)}/form")).GetProperty("prefilled").EnumerateArray().Select(p => Text(p, "source")).ToList();
        Assert.Equal(["owner.email", "owner.fullName", "owner.personalNumber"], left.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_identity_the_draft_opens_and_says_what_is_missing()
    {
        var (_, client) = NewOwner();
        await OpenAsync(client, Land);
        dossiers.Neighbours.IdentityDown = true;
        var draft = await OpenAsync(client, Permit);
        Assert.Equal(FormErrors.ProfileUnavailable.Vi, Text(draft.GetProperty("draft"), "prefillNote"));
        Assert.Equal("Người Thử", Text(draft.GetProperty("data").GetProperty("investor"), "fullName"));
        Assert.False(draft.GetProperty("data").GetProperty("investor").TryGetProperty("phone", out _));
    }

    [Fact]
    public async Task A_delegate_gets_no_contact_points_and_only_dossiers_that_his_right_covers()
    {
        await using var reads = await dossiers.ListenAsync<PersonalDataRead>();
        var (owner, client) = NewOwner();
        var (filed, _) = await FiledAsync(client, "Tổ 5, khu 2");
        var before = dossiers.Neighbours.ContactCalls;
        var (limited, _) = dossiers.Delegate(owner, new TestRight(Acts.DossierFill) { Procedures = [Business] });
        var narrow = await OpenAsync(limited, Business);
        Assert.Equal("""{"fullName":"NgườiThử","personalNumber":"@owner"}""", narrow.GetProperty("data").GetProperty("owner").GetRawText().Replace(" ", ""));

        var (wide, actor) = dossiers.Delegate(owner, new TestRight(Acts.DossierFill));
        var broad = (await OpenAsync(wide, Business)).GetProperty("data").GetProperty("owner");
        Assert.Equal("Tổ 5", Text(broad.GetProperty("address"), "detail"));
        Assert.Equal(before, dossiers.Neighbours.ContactCalls);
        // Having been shown the earlier dossier's content is reported to its owner.
        await Eventually.Async(() => Task.FromResult(reads.Heard.Any(r => r.ObjectId == filed && r.ActorId == actor)), "the reading is reported");
        Assert.DoesNotContain(reads.Heard, r => r.ActorId == owner);
    }

    [Fact]
    public async Task A_helper_in_a_session_without_a_dossier_sees_nothing_of_earlier_ones()
    {
        var (owner, client) = NewOwner();
        await FiledAsync(client, "Tổ 5, khu 2");
        var (helper, _, _) = dossiers.Assisted(owner, new TestRight(Acts.DossierFill));
        Assert.Equal("""{"fullName":"NgườiThử"}""", (await OpenAsync(helper, Business)).GetProperty("data").GetProperty("owner").GetRawText().Replace(" ", ""));
    }

    [Fact]
    public async Task An_organisation_is_called_by_its_name_and_its_representative_gets_what_it_gets()
    {
        var organisation = Guid.CreateVersion7();
        var representative = Guid.CreateVersion7();
        dossiers.Neighbours.Contacts[organisation.ToString()] = ("htx@example.vn", "02033825555");
        dossiers.Neighbours.Representatives.Add(representative.ToString());
        var client = dossiers.Factory.Client(dossiers.Identity.Token(organisation, [Roles.Organisation], actor: representative));
        var investor = (await OpenAsync(client, Permit)).GetProperty("data").GetProperty("investor");
        Assert.Equal("""{"email":"htx@example.vn","organisationName":"NgườiThử","phone":"02033825555"}""",
            JsonSerializer.Serialize(investor.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal).ToDictionary(p => p.Name, p => p.Value.GetString()), Plain).Replace(" ", ""));
    }

    [Fact]
    public async Task Who_has_no_number_at_identity_is_asked_for_it()
    {
        var client = dossiers.Citizen();
        var draft = await OpenAsync(client, Permit);
        Assert.False(draft.GetProperty("data").GetProperty("investor").TryGetProperty("personalNumber", out _));
        await BodyAsync(await PatchAsync(client, Id(draft), """{"data":{"investor":{"kind":"individual"}}}"""));
        Assert.Contains((await GetAsync(client, $"/api/v1/dossiers/{Id(draft)}/form")).GetProperty("warnings").EnumerateArray(),
            w => Text(w, "pointer") == "/data/investor/personalNumber" && Text(w, "kind") == "missing");
    }

    [Fact]
    public async Task The_same_key_opens_one_draft_with_one_filling()
    {
        var (_, client) = NewOwner();
        client.DefaultRequestHeaders.Add("Idempotency-Key", "open-with-prefill");
        var first = await OpenAsync(client, Permit);
        var second = await OpenAsync(client, Permit);
        Assert.Equal(first.GetRawText(), second.GetRawText());
    }

    [Fact]
    public async Task The_number_itself_is_nowhere_in_the_dossier()
    {
        var (_, client) = NewOwner();
        var draft = await OpenAsync(client, Permit);
        var stored = await dossiers.InDbAsync(async db => (await db.Dossiers.AsNoTracking().SingleAsync(d => d.Id == Id(draft), Ct)).Data
            + (await db.Set<DossierForm>().AsNoTracking().SingleAsync(d => d.DossierId == Id(draft), Ct)).Prefilled);
        Assert.DoesNotMatch("[0-9]{12}", stored);
        Assert.Contains("@owner", stored, StringComparison.Ordinal);
    }

    private (Guid Id, HttpClient Client) NewOwner()
    {
        var id = Guid.CreateVersion7();
        dossiers.Neighbours.Contacts[id.ToString()] = ("an@example.vn", "0912345678");
        return (id, dossiers.Citizen(id, check: "0123"));
    }

    private static async Task<JsonElement> OpenAsync(HttpClient client, string procedure, object? data = null, bool? prefill = null)
    {
        using var response = await client.PostAsJsonAsync("/api/v1/dossiers", new { procedureCode = procedure, unitCode = Unit, subject = "Việc mới", data, prefill }, Ct);
        return await BodyAsync(response, HttpStatusCode.Created);
    }

    /// <summary>A building permit applied for, and its code.</summary>
    private static async Task<(Guid Id, string Code)> FiledAsync(HttpClient client, string address, string? site = null)
    {
        var data = site is null ? FilledForms.With("construction-permit", "/site/address", JsonSerializer.Serialize(address)) : FilledForms.With("construction-permit", "/site", site);
        var draft = await OpenAsync(client, Permit, data);
        for (var component = 1; component <= 3; component++)
            await BodyAsync(await UploadAsync(client, Id(draft), component, Samples.Pdf($"{Id(draft)} {component}")), HttpStatusCode.Created);
        var filed = await BodyAsync(await PostAsync(client, Id(draft), "submission"));
        return (Id(draft), Text(filed, "code"));
    }

    private static string Text(JsonElement element, string property) => element.GetProperty(property).GetString()!;
}
