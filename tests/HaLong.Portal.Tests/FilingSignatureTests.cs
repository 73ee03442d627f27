using System.Net;
using Microsoft.AspNetCore.Http;

namespace HaLong.Portal.Tests;

/// <summary>Papers of a draft are signed where they are, and come back signed.</summary>
public sealed class FilingSignatureTests(City city) : IClassFixture<City>, IAsyncLifetime
{
    private static readonly Guid Id = Guid.Parse("0198e000-0000-7000-8000-000000000501"), Paper = Guid.Parse("0198e000-0000-7000-8000-000000000502"),
        Session = Guid.Parse("0198e000-0000-7000-8000-000000000503"), Signed = Guid.Parse("0198e000-0000-7000-8000-000000000504");

    private HttpClient _browser = null!;

    public async ValueTask InitializeAsync()
    {
        city.Says("procedures/1", new
        {
            code = "1",
            name = "Đăng ký",
            field = new { code = "C", vi = "Hộ tịch", en = "Civil" },
            competentAgency = new { code = "x", vi = "UBND", en = "PC" },
            subjects = Array.Empty<string>(),
            components = new[] { Component(1, "Giấy tờ nhà đất"), Component(2, "Tờ khai") },
            fees = Array.Empty<object>(),
            online = true,
            results = Array.Empty<object>(),
            legalBasis = Array.Empty<string>(),
        });
        city.Says($"dossiers/{Id}", new
        {
            id = Id,
            status = "DRAFT",
            procedureCode = "1",
            procedureName = "Đăng ký",
            unitName = "Phường",
            subject = "",
            documents = new[]
            {
                new { id = Paper, component = 1, fileName = "hop-dong.pdf", mediaType = "application/pdf", size = 2000,
                    preflight = new { state = "checked", blocks = true, checks = new[] { new { code = "signature", outcome = "fail", message = "Chưa có chữ ký." } } } },
            },
        });
        city.Says($"dossiers/{Id}/form", new { formUrl = (string?)null, warnings = Array.Empty<object>() });
        city.Says($"dossiers/{Id}/fee-quote", new { total = 0, lines = Array.Empty<object>() });
        city.Answers($"dossiers/{Id}/application-form", _ => Results.Bytes("%PDF-form"u8.ToArray(), "application/pdf"));
        city.Answers($"dossiers/{Id}/documents/{Paper}", _ => Results.Bytes("%PDF-paper"u8.ToArray(), "application/pdf"));
        city.Says("POST signing-sessions", SessionOf("open"), 201);
        city.Says($"signing-sessions/{Session}", SessionOf("completed"));
        city.Answers($"signing-sessions/{Session}/documents/{Signed}/content", _ => Results.Bytes("%PDF-signed"u8.ToArray(), "application/pdf"));
        city.Says($"POST dossiers/{Id}/documents", new { id = Signed, component = 1, fileName = "hop-dong.pdf", size = 3000 }, 201);
        city.Answers($"DELETE dossiers/{Id}/documents/{Paper}", _ => Results.NoContent());
        _browser = await city.SignedInAsync();
    }

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_review_says_which_paper_wants_a_signature_and_offers_to_sign_the_form()
    {
        var html = await _browser.GetStringAsync($"/filing/{Id}/review", City.Ct);
        Html.IsWellMade(html, "vi");
        foreach (var word in new[] { "hop-dong.pdf cần có chữ ký điện tử.", $"name=\"document\" value=\"{Paper}\"", "Ký đơn, tờ khai" })
            Assert.Contains(word, html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "", "%PDF-form", "don-1.pdf")]
    [InlineData("0198e000-0000-7000-8000-000000000502", "1", "%PDF-paper", "hop-dong.pdf")]
    public async Task The_paper_or_the_form_goes_into_a_session_once_and_the_way_back_is_known(string document, string component, string content, string name)
    {
        var once = Guid.CreateVersion7().ToString();
        using var started = await SendAsync("signature", ("document", document), ("component", component), ("once", once));
        var back = $"/filing/{Id}/signature/{Session}?component={component}&document={document}";
        Assert.Equal((HttpStatusCode.SeeOther, $"/signing/{Session}?to={Uri.EscapeDataString(back)}"), (started.StatusCode, started.Headers.Location!.ToString()));
        var sent = city.Requests.Last(r => r is { Method: "POST", Path: "signing-sessions" });
        Assert.Equal(once, sent.Once);
        foreach (var word in new[] { content, name, Id.ToString(), "Đăng ký" })
            Assert.Contains(word, sent.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_signed_takes_the_place_of_the_unsigned_paper()
    {
        var page = await _browser.GetStringAsync($"/filing/{Id}/signature/{Session}?component=1&document={Paper}", City.Ct);
        Html.IsWellMade(page, "vi");
        Assert.Contains("<option value=\"1\" selected", page, StringComparison.Ordinal);
        var once = Guid.CreateVersion7().ToString();
        using var put = await SendAsync($"signature/{Session}", ("component", "1"), ("document", Paper.ToString()), ("once", once));
        Assert.Equal($"/filing/{Id}/papers", put.Headers.Location!.ToString());
        var sent = city.Requests.Last(r => r.Path == $"dossiers/{Id}/documents");
        Assert.Equal(once, sent.Once);
        Assert.Contains("%PDF-signed", sent.Body, StringComparison.Ordinal);
        Assert.Contains(city.Requests, r => r.Method == "DELETE" && r.Path == $"dossiers/{Id}/documents/{Paper}");
    }

    [Fact]
    public async Task The_signed_form_is_offered_as_the_paper_that_is_missing()
    {
        var page = await _browser.GetStringAsync($"/filing/{Id}/signature/{Session}?component=&document=", City.Ct);
        Assert.Contains("<option value=\"2\" selected", page, StringComparison.Ordinal);
        var before = city.Requests.Count(r => r.Method == "DELETE");
        using var put = await SendAsync($"signature/{Session}", ("component", "2"), ("document", ""));
        Assert.Equal($"/filing/{Id}/papers", put.Headers.Location!.ToString());
        Assert.Equal(before, city.Requests.Count(r => r.Method == "DELETE"));
    }

    [Fact]
    public async Task What_is_not_signed_yet_leads_to_signing_and_a_refusal_stays_on_the_page()
    {
        city.Says($"signing-sessions/{Session}", SessionOf("open"));
        using var early = await SendAsync($"signature/{Session}", ("component", "1"), ("document", ""));
        Assert.StartsWith($"/signing/{Session}?to=", early.Headers.Location!.ToString(), StringComparison.Ordinal);
        city.Says($"signing-sessions/{Session}", SessionOf("completed"));
        city.Refuses($"POST dossiers/{Id}/documents", 409, "DOS-0101", "Hồ sơ đã đủ dung lượng");
        using var full = await SendAsync($"signature/{Session}", ("component", "1"), ("document", ""));
        Assert.Equal(HttpStatusCode.Conflict, full.StatusCode);
        Assert.Contains("Hồ sơ đã đủ dung lượng", await full.Content.ReadAsStringAsync(City.Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_signed_now_is_said_and_others_drafts_are_not_there()
    {
        city.Refuses("POST signing-sessions", 503, "SIG-0010", "Đang bận");
        using var busy = await SendAsync("signature", ("document", ""), ("component", ""));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, busy.StatusCode);
        Assert.Contains("Đang bận", await busy.Content.ReadAsStringAsync(City.Ct), StringComparison.Ordinal);
        city.Refuses("POST signing-sessions", 401, "CMN-0401", "Hãy đăng nhập");
        using var over = await SendAsync("signature", ("document", ""), ("component", ""));
        Assert.Equal(HttpStatusCode.Redirect, over.StatusCode);
        using var none = await _browser.GetAsync($"/filing/{Guid.Empty}/signature/{Session}", City.Ct);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    private static object Component(int number, string name) => new { number, name, required = true, originals = 1, copies = 0 };

    private static object SessionOf(string state) => new
    {
        id = Session,
        purpose = "Đăng ký",
        subject = "",
        state,
        createdAt = "2026-12-01T10:00:00Z",
        deadline = "2026-12-05T10:00:00Z",
        myTurn = state == "open",
        documents = new[] { new { id = Signed, number = 1, name = "hop-dong.pdf", size = 2000, signatures = 1, signedByMe = true } },
        signers = Array.Empty<object>(),
        consent = new { version = "1", vi = "", en = "" },
    };

    private async Task<HttpResponseMessage> SendAsync(string path, params (string Name, string Value)[] fields)
    {
        var page = await _browser.GetStringAsync($"/filing/{Id}/review", City.Ct);
        using var form = new FormUrlEncodedContent(
            fields.Select(f => KeyValuePair.Create(f.Name, f.Value)).Append(KeyValuePair.Create("__RequestVerificationToken", Html.FormToken(page))));
        return await _browser.PostAsync($"/filing/{Id}/{path}", form, City.Ct);
    }
}
