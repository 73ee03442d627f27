using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace HaLong.Portal.Tests;

/// <summary>An approver signs many results with one PIN and one code.</summary>
public sealed class WorkSigningTests(City city) : IClassFixture<City>, IAsyncLifetime
{
    private const string List = "me/signing-sessions", Batches = "me/signing-batches";

    private static readonly Guid Batch = Guid.Parse("0198e000-0000-7000-8000-000000000200"), Document = Guid.Parse("0198e000-0000-7000-8000-000000000201");

    private HttpClient _browser = null!;

    public async ValueTask InitializeAsync()
    {
        city.Says(List, new { items = new[] { Session(WorkDesk.Id, true), Session(WorkDesk.Other, true), Session(WorkDesk.Third, false) }, after = "more" });
        foreach (var id in new[] { WorkDesk.Id, WorkDesk.Other })
            city.Says($"signing-sessions/{id}", Session(id, true));
        city.Says("me/credentials", new
        {
            items = new[] { Credential("active", "long", "Phó Chủ tịch"), Credential("active", "oneTime", "tạm"), Credential("suspended", "long", "cũ") },
            after = (string?)null,
        });
        _browser = await city.SignedInAsync("approver");
    }

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_waits_for_the_caller_can_be_selected_and_refused()
    {
        var html = await _browser.GetStringAsync("/work/signing", City.Ct);
        Html.IsWellMade(html, "vi");
        Assert.Contains($"name=\"id\" value=\"{WorkDesk.Other}\" checked", html, StringComparison.Ordinal);
        Assert.DoesNotContain($"name=\"id\" value=\"{WorkDesk.Third}\"", html, StringComparison.Ordinal);
        Assert.Contains("/work/signing?after=more", html, StringComparison.Ordinal);
        city.Says($"POST signing-sessions/{WorkDesk.Id}/refusal", new { });
        using var refused = await _browser.SendAsync($"/work/signing/{WorkDesk.Id}/refusal", html, ("reason", "Sai tên"));
        Assert.Equal("/work/signing", refused.Headers.Location!.ToString());
        Assert.Equal("\"7\"", city.Requests.Last(r => r.Path.EndsWith("/refusal", StringComparison.Ordinal)).Version);
        city.Refuses($"POST signing-sessions/{WorkDesk.Id}/refusal", 412, "CMN-0412", "Đã thay đổi");
        using var stale = await _browser.SendAsync($"/work/signing/{WorkDesk.Id}/refusal", html, ("reason", "Sai tên"));
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        Assert.Contains("Đã thay đổi", await stale.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_document_is_shown_before_it_is_signed()
    {
        using var response = await _browser.GetAsync($"/work/signing/look?id={WorkDesk.Id}&id={WorkDesk.Other}&id={WorkDesk.Id}", City.Ct);
        var html = await response.TextAsync();
        Html.IsWellMade(html, "vi");
        foreach (var word in new[] { $"<iframe src=\"/work/signing/{WorkDesk.Id}/documents/{Document}\"", $"<iframe src=\"/work/signing/{WorkDesk.Other}/documents/", "Ký 2 tài liệu", "Tôi đồng ý ký", "Phó Chủ tịch" })
            Assert.Contains(word, html, StringComparison.Ordinal);
        Assert.DoesNotContain("tạm", html, StringComparison.Ordinal);
        Assert.Contains("frame-src 'self'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        city.Answers($"signing-sessions/{WorkDesk.Id}/documents/{Document}/content", _ => Results.Bytes("%PDF-"u8.ToArray(), "application/pdf"));
        using var pdf = await _browser.GetAsync($"/work/signing/{WorkDesk.Id}/documents/{Document}", City.Ct);
        Assert.Equal("SAMEORIGIN", Assert.Single(pdf.Headers.GetValues("X-Frame-Options")));
        using var none = await _browser.GetAsync("/work/signing/look", City.Ct);
        Assert.Equal("/work/signing", none.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Without_a_credential_it_is_said_where_to_get_one()
    {
        city.Says("me/credentials", new { items = Array.Empty<object>(), after = (string?)null });
        var html = await _browser.GetStringAsync($"/work/signing/look?id={WorkDesk.Id}&culture=en", City.Ct);
        Assert.Contains("You have no active credential.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("/work/signing/batches", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_is_begun_once_and_asks_for_pin_and_code()
    {
        var look = await _browser.GetStringAsync($"/work/signing/look?id={WorkDesk.Id}&id={WorkDesk.Other}", City.Ct);
        city.Says($"POST {Batches}", State("begun", "pin", "oneTimeCode"));
        city.Says($"{Batches}/{Batch}", State("begun", "pin", "oneTimeCode"));
        var once = WorkDesk.Hidden(look, "once");
        using var begun = await _browser.SendAsync("/work/signing/batches", look, ("once", once), ("id", $"{WorkDesk.Id}"), ("id", $"{WorkDesk.Other}"), ("credentialId", "c1"), ("consent", "v1"), ("agree", "true"));
        Assert.Equal($"/work/signing/batches/{Batch}", begun.Headers.Location!.ToString());
        var sent = city.Requests.Last(r => r is { Method: "POST", Path: Batches });
        var body = JsonNode.Parse(sent.Body)!;
        Assert.Equal((once, 2, "built-in", "c1", "v1"), (sent.Once, body["sessionIds"]!.AsArray().Count, body["provider"]!.GetValue<string>(), body["credentialId"]!.GetValue<string>(), body["consent"]!.GetValue<string>()));
        var html = await _browser.GetStringAsync(begun.Headers.Location, City.Ct);
        Html.IsWellMade(html, "vi");
        foreach (var word in new[] { "id=\"pin\"", "autocomplete=\"one-time-code\"", "*** 789" })
            Assert.Contains(word, html, StringComparison.Ordinal);
        Assert.DoesNotContain("http-equiv=\"refresh\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_does_not_agree_has_not_agreed_and_sees_the_documents_again()
    {
        var look = await _browser.GetStringAsync($"/work/signing/look?id={WorkDesk.Id}", City.Ct);
        city.Refuses($"POST {Batches}", 400, "SIG-0305", "Chưa đồng ý");
        using var refused = await _browser.SendAsync("/work/signing/batches", look, ("id", $"{WorkDesk.Id}"), ("credentialId", "c1"), ("consent", "v1"));
        Assert.Null(JsonNode.Parse(city.Requests.Last(r => r is { Method: "POST", Path: Batches }).Body)!["consent"]);
        var html = await refused.TextAsync();
        Assert.Contains("Chưa đồng ý", html, StringComparison.Ordinal);
        Assert.Contains("<iframe", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_pin_is_told_and_neither_pin_nor_code_is_shown_again()
    {
        city.Says($"{Batches}/{Batch}", State("begun", "pin", "oneTimeCode"));
        var page = await _browser.GetStringAsync($"/work/signing/batches/{Batch}", City.Ct);
        city.Refuses($"POST {Batches}/{Batch}/authorisation", 403, "SIG-0210", "PIN không đúng");
        using var wrong = await _browser.SendAsync($"/work/signing/batches/{Batch}/authorisation", page, ("pin", "739215"), ("oneTimeCode", "112233"));
        var html = await wrong.TextAsync();
        Assert.Contains("PIN không đúng", html, StringComparison.Ordinal);
        Assert.DoesNotContain("739215", html, StringComparison.Ordinal);
        Assert.DoesNotContain("112233", html, StringComparison.Ordinal);
        city.Says($"POST {Batches}/{Batch}/authorisation", State("answered"));
        using var right = await _browser.SendAsync($"/work/signing/batches/{Batch}/authorisation", page, ("pin", "739215"), ("oneTimeCode", "112233"));
        Assert.Equal($"/work/signing/batches/{Batch}", right.Headers.Location!.ToString());
        Assert.Contains("\"pin\":\"739215\",\"oneTimeCode\":\"112233\"", city.Requests.Last(r => r.Path.EndsWith("/authorisation", StringComparison.Ordinal)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_it_is_signed_the_page_looks_again_and_then_tells_each_outcome()
    {
        city.Says($"{Batches}/{Batch}", State("answered"));
        Assert.Contains("http-equiv=\"refresh\"", await _browser.GetStringAsync($"/work/signing/batches/{Batch}", City.Ct), StringComparison.Ordinal);
        city.Says($"{Batches}/{Batch}", new
        {
            id = Batch,
            isOver = true,
            signed = 1,
            failed = 0,
            skipped = 1,
            waiting = 0,
            orders = new[] { new { state = "done", needs = Array.Empty<string>(), until = "2026-12-01T10:00:00Z", documents = new[] { Outcome("signed", null), Outcome("skipped", "SIG-0306") } } },
        });
        var html = await _browser.GetStringAsync($"/work/signing/batches/{Batch}", City.Ct);
        Html.IsWellMade(html, "vi");
        foreach (var word in new[] { "Đã ký xong, có tài liệu chưa ký được", "Đã ký 1, không ký được 0, bỏ qua 1", "mở tài liệu rồi ký lại" })
            Assert.Contains(word, html, StringComparison.Ordinal);
        Assert.DoesNotContain("http-equiv", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stronger_sign_in_is_asked_for_and_leads_back()
    {
        var look = await _browser.GetStringAsync($"/work/signing/look?id={WorkDesk.Id}", City.Ct);
        city.Answers($"POST {Batches}", _ => WorkDesk.StrongerSignIn());
        using var stronger = await _browser.SendAsync("/work/signing/batches", look, ("id", $"{WorkDesk.Id}"));
        Assert.Contains("acr_values=urn%3Ahalong%3Aacr%3Astrong", stronger.Headers.Location!.ToString(), StringComparison.Ordinal);
        city.Refuses($"{Batches}/{Guid.Empty}", 404, "SIG-0320", "Không có");
        using var none = await _browser.GetAsync($"/work/signing/batches/{Guid.Empty}", City.Ct);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    private static object Session(Guid id, bool myTurn) => new
    {
        id,
        purpose = "Kết quả giải quyết",
        subject = WorkDesk.Id.ToString(),
        state = "open",
        deadline = "2026-12-03T10:00:00Z",
        myTurn,
        documents = new[] { new { id = id == WorkDesk.Id ? Document : Guid.Parse("0198e000-0000-7000-8000-000000000202"), name = "ket-qua.pdf", mediaType = "application/pdf", size = 9, signedByMe = false } },
        consent = new { version = "v1", vi = "Tôi đồng ý ký", en = "I agree to sign" },
    };

    private static object Credential(string state, string term, string role) => new { id = Guid.CreateVersion7(), term, state, name = "Lê Văn Cường", role, notAfter = "2027-01-01T00:00:00Z" };

    private static object State(string state, params string[] needs) => new
    {
        id = Batch,
        isOver = false,
        signed = 0,
        failed = 0,
        skipped = 0,
        waiting = 2,
        orders = new[] { new { state, needs, codeSentTo = "+84 *** 789", until = "2026-12-01T10:00:00Z", documents = new[] { Outcome("prepared", null) } } },
    };

    private static object Outcome(string state, string? code) => new { sessionId = WorkDesk.Id, documentId = Document, state, code };
}
