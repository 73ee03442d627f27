using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Payments.Contracts.Events;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Fees;

/// <summary>Quotes, claims and reviews over HTTP, with payment there and away.</summary>
public sealed class FeeClaimTests(DossierFixture dossiers) : IClassFixture<DossierFixture>, IDisposable
{
    public void Dispose() => dossiers.Neighbours.PaymentDown = false;

    [Fact]
    public async Task A_draft_shows_what_it_would_cost_line_by_line_and_which_evidence_is_missing()
    {
        var client = dossiers.Citizen();
        var id = await DraftAsync(client);
        var quote = await QuoteAsync(client, id);
        Assert.Equal((150_000L, 150_000L, "atFiling"), (Number(quote, "full"), Number(quote, "total"), quote.GetProperty("moment").GetString()));
        Assert.Equal(["phi", "lePhi"], quote.GetProperty("lines").EnumerateArray().Select(l => l.GetProperty("kind").GetString()));
        var missing = quote.GetProperty("lines")[0].GetProperty("missingEvidence")[0];
        Assert.Equal(("disabled", "Giấy xác nhận khuyết tật", false), (missing.GetProperty("category").GetProperty("code").GetString(), missing.GetProperty("evidence").GetString()!.Split(" / ")[0], missing.GetProperty("claimed").GetBoolean()));

        // Claimed without a paper: in full, and said so. With one: nothing.
        await ClaimedAsync(client, id, ("disabled", []));
        quote = await QuoteAsync(client, id);
        Assert.Equal((150_000L, false), (Number(quote, "total"), quote.GetProperty("claims")[0].GetProperty("counts").GetBoolean()));
        Assert.True(quote.GetProperty("lines")[0].GetProperty("missingEvidence")[0].GetProperty("claimed").GetBoolean());
        var proof = await EvidenceAsync(client, id);
        await ClaimedAsync(client, id, ("disabled", [proof]));
        quote = await QuoteAsync(client, id);
        Assert.Equal((150_000L, 0L, "DISABLED"), (Number(quote, "full"), Number(quote, "total"), quote.GetProperty("lines")[0].GetProperty("reductionRule").GetString()));

        // A paper that is taken out proves nothing any more.
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync($"/api/v1/dossiers/{id}/documents/{proof}", Ct)).StatusCode);
        Assert.Equal(150_000L, Number(await QuoteAsync(client, id), "total"));
    }

    [Fact]
    public async Task Only_the_owner_and_officials_of_the_unit_ask_and_only_about_moments_that_there_are()
    {
        var client = dossiers.Citizen();
        var id = await SubmittedAsync(client);
        await QuoteAsync(dossiers.Official(Roles.Officer), id);
        Assert.Empty((await QuoteAsync(client, id, "?moment=atResult")).GetProperty("lines").EnumerateArray());
        await RefusedAsync(await client.GetAsync($"/api/v1/dossiers/{id}/fee-quote?moment=never", Ct), 400, "DOS-0746");
        await RefusedAsync(await dossiers.Citizen().GetAsync($"/api/v1/dossiers/{id}/fee-quote", Ct), 404, "DOS-0001");
        await RefusedAsync(await dossiers.Official(Roles.Officer, OtherUnit).GetAsync($"/api/v1/dossiers/{id}/fee-quote", Ct), 404, "DOS-0001");
        Assert.Equal(HttpStatusCode.Unauthorized, (await dossiers.Factory.Client().GetAsync($"/api/v1/dossiers/{id}/fee-quote", Ct)).StatusCode);
    }

    [Fact]
    public async Task Claims_name_known_categories_once_and_documents_of_the_draft()
    {
        var client = dossiers.Citizen();
        var (id, other) = (await DraftAsync(client), await DraftAsync(client));
        var foreign = await EvidenceAsync(client, other);
        var body = new { claims = new object?[] { new { category = "rich" }, new { category = "merit" }, new { category = "merit" }, null, new { category = "child", documents = new[] { foreign } } } };
        var refused = await RefusedAsync(await PutAsync(client, id, body), 400, "DOS-0745");
        Assert.Equal(
            ["claims[0].category", "claims[2].category", "claims[3].category", "claims[4].documents"], refused.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order());
        await RefusedAsync(await PutAsync(dossiers.Citizen(), id, new { claims = Array.Empty<object>() }), 404, "DOS-0001");
        await RefusedAsync(await PutAsync(client, id, new { claims = Array.Empty<object>() }, "\"1\""), 412, "CMN-0412");

        // Twice is once, and what is not named any more is not claimed.
        await ClaimedAsync(client, id, ("merit", []), ("child", []));
        var view = await ClaimedAsync(client, id, ("child", []));
        Assert.Equal("child", Assert.Single(view.GetProperty("feeClaims").EnumerateArray()).GetProperty("category").GetString());
        await BodyAsync(await PostAsync(client, id, "submission"));
        await RefusedAsync(await PutAsync(client, id, new { claims = Array.Empty<object>() }), 409, "DOS-0008");
        await RefusedAsync(await UploadEvidenceAsync(client, id), 409, "DOS-0008");
    }

    [Fact]
    public async Task Filing_needs_no_payment_service_and_tells_it_everything_for_later()
    {
        await using var told = await dossiers.ListenAsync<DossierSubmitted>();
        var client = dossiers.Citizen();
        var id = await DraftAsync(client);
        var proof = await EvidenceAsync(client, id);
        await ClaimedAsync(client, id, ("poorHousehold", [proof]), ("merit", []));
        dossiers.Neighbours.PaymentDown = true;
        using var unavailable = await client.GetAsync($"/api/v1/dossiers/{id}/fee-quote", Ct);
        await RefusedAsync(unavailable, 503, "DOS-0744");
        Assert.NotNull(unavailable.Headers.RetryAfter);

        await BodyAsync(await PostAsync(client, id, "submission"));

        await Eventually.Async(() => Task.FromResult(told.Heard.Any(e => e.DossierId == id)), "the filing is told");
        var basis = told.Heard.First(e => e.DossierId == id).Basis!;
        Assert.Equal(("atFiling", 150_000m), (basis.Moment, basis.Terms.Sum(t => t.FullAmount())));
        Assert.Equal([("poorHousehold", true), ("merit", false)], basis.Claims.Select(c => (c.Category, c.Counts)));
        Assert.Equal(proof, Assert.Single(basis.Claims[0].Documents));
    }

    [Fact]
    public async Task A_waived_dossier_waits_for_no_money_and_is_approved_once_the_evidence_is_accepted()
    {
        var (client, officer) = (dossiers.Citizen(), Guid.CreateVersion7());
        var mine = dossiers.Official(Roles.Officer, id: officer);
        var id = await InHandAsync(client, officer);
        Assert.Equal("FEES", (await ViewAsync(client, id)).GetProperty("waitingFor").GetProperty("reason").GetString());
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => dossiers.Factory.PublishAsync(Waived(id))));
        var view = await WaitForAsync(client, id, d => d.GetProperty("payment") is { ValueKind: JsonValueKind.Object }, "the waiver is known");
        Assert.Equal(("waived", JsonValueKind.Null, 0L), (view.GetProperty("payment").GetProperty("status").GetString(), view.GetProperty("payment").GetProperty("id").ValueKind, view.GetProperty("feeTotal").GetInt64()));
        Assert.Equal("APPRAISAL", view.GetProperty("waitingFor").GetProperty("reason").GetString());
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Approver), id, "approval", new { decision = "Chấp thuận." }), 409, "DOS-0743");

        await RefusedAsync(await ReviewAsync(dossiers.Official(Roles.Officer), id, new { accepted = true }), 403, "DOS-0031");
        await RefusedAsync(await ReviewAsync(dossiers.Official(Roles.Officer, OtherUnit), id, new { accepted = true }), 404, "DOS-0001");
        await RefusedAsync(await ReviewAsync(client, id, new { accepted = true }), 403, "CMN-0403");
        await RefusedAsync(await ReviewAsync(mine, id, new { }), 400, "DOS-0006");
        await RefusedAsync(await ReviewAsync(mine, id, new { accepted = true }, "merit"), 404, "DOS-0740");
        await BodyAsync(await ReviewAsync(mine, id, new { accepted = true }));
        await RefusedAsync(await ReviewAsync(mine, id, new { accepted = true }), 409, "DOS-0741");

        await BodyAsync(await PostAsync(dossiers.Official(Roles.Approver), id, "approval", new { decision = "Chấp thuận." }));
        var actions = (await GetAsync(client, $"/api/v1/dossiers/{id}/timeline")).EnumerateArray().Select(t => t.GetProperty("action").GetString()).ToList();
        Assert.Equal((1, 1, 0), (actions.Count(a => a == "waiveFee"), actions.Count(a => a == "reviewClaim"), actions.Count(a => a == "pay")));
    }

    [Fact]
    public async Task Refused_evidence_makes_the_difference_due_and_waits_while_payment_cannot_say_what_it_is()
    {
        await using var due = await dossiers.ListenAsync<DossierFeeDue>();
        var (client, officer) = (dossiers.Citizen(), Guid.CreateVersion7());
        var mine = dossiers.Official(Roles.Officer, id: officer);
        var id = await InHandAsync(client, officer);
        await dossiers.Factory.PublishAsync(Waived(id));
        await WaitForAsync(client, id, d => d.GetProperty("payment") is { ValueKind: JsonValueKind.Object }, "the waiver is known");
        await RefusedAsync(await ReviewAsync(mine, id, new { accepted = false }), 400, "DOS-0006");
        dossiers.Neighbours.PaymentDown = true;
        await RefusedAsync(await ReviewAsync(mine, id, new { accepted = false, reason = "Giấy hết hạn" }), 503, "DOS-0744");
        dossiers.Neighbours.PaymentDown = false;

        var key = Guid.CreateVersion7().ToString("N");
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => ReviewAsync(mine, id, new { accepted = false, reason = "Giấy hết hạn" }, key: key)));

        Assert.Contains(answers, a => a.StatusCode == HttpStatusCode.OK);
        var view = await ViewAsync(client, id);
        var demand = Assert.Single(view.GetProperty("lifecycle").GetProperty("demands").EnumerateArray());
        Assert.Equal(("WAIT_PAYMENT", 150_000L, "Giấy hết hạn"), (view.GetProperty("status").GetString(), demand.GetProperty("amount").GetInt64(), demand.GetProperty("reason").GetString()));
        Assert.Equal([("phi", 100_000L), ("lePhi", 50_000L)], demand.GetProperty("fees").EnumerateArray().Select(f => (f.GetProperty("kind").GetString()!, f.GetProperty("amount").GetInt64())));
        await Eventually.Async(() => Task.FromResult(due.Heard.Any(e => e.DossierId == id)), "the difference is told");
        Assert.Null(due.Heard.First(e => e.DossierId == id).Basis);
        await dossiers.Factory.PublishAsync(new PaymentSettled(Guid.CreateVersion7(), id, "c", Guid.Empty, 150_000, TimeProvider.System.GetUtcNow(), "lab") { Moment = "demand-1" });
        await WaitForAsync(client, id, d => d.GetProperty("status").GetString() == "PROCESSING", "the difference is paid");
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Approver), id, "approval", new { decision = "Chấp thuận." }));
    }

    [Fact]
    public async Task Fees_of_a_later_moment_are_demanded_by_the_procedure_where_there_are_any()
    {
        var officer = Guid.CreateVersion7();
        var mine = dossiers.Official(Roles.Officer, id: officer);
        var id = await dossiers.ProcessingAsync(dossiers.Citizen(), officer: officer);
        await RefusedAsync(await PostAsync(mine, id, "fee-request", new { moment = "atResult", reason = "Nhận kết quả" }), 409, "DOS-0747");
        await RefusedAsync(await PostAsync(mine, id, "fee-request", new { moment = "atFiling", reason = "x" }), 400, "DOS-0006");
        await RefusedAsync(await PostAsync(mine, id, "fee-request", new { moment = "atResult", reason = "x", fees = new[] { new { kind = "phi", name = "x", amount = 1 } } }), 400, "DOS-0006");
        dossiers.Neighbours.PaymentDown = true;
        await RefusedAsync(await PostAsync(mine, id, "fee-request", new { moment = "atResult", reason = "x" }), 503, "DOS-0744");
    }

    [Fact]
    public async Task Anybody_sees_what_a_procedure_would_cost_him()
    {
        var anybody = dossiers.Factory.Client();
        var today = LocalTime.Date(TimeProvider.System.GetUtcNow()).ToString("O", CultureInfo.InvariantCulture);
        var quote = await GetAsync(anybody, $"/api/v1/procedures/2.000815/fee-quote?channel=counter&fee=1:2:7&category=disabled&category=merit&at={today}");
        Assert.Equal((140L, 0L, today), (Number(quote, "full"), Number(quote, "total"), quote.GetProperty("day").GetString()));
        Assert.Equal("perPage", Assert.Single(quote.GetProperty("lines").EnumerateArray()).GetProperty("rule").GetString());
        Assert.Equal(10_000L, Number(await GetAsync(anybody, "/api/v1/procedures/1.004222/fee-quote"), "total"));
        Assert.Equal(20_000L, Number(await GetAsync(anybody, "/api/v1/procedures/1.004222/fee-quote?channel=counter"), "total"));

        var refused = await RefusedAsync(
            await anybody.GetAsync("/api/v1/procedures/1.004222/fee-quote?channel=pigeon&moment=never&assurance=9&category=rich&fee=1:x", Ct), 400, "DOS-0746");
        Assert.Equal(["assurance", "category", "channel", "fee", "moment"], refused.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order());
        await RefusedAsync(await anybody.GetAsync("/api/v1/procedures/9.999999/fee-quote", Ct), 404, "DOS-0002");
        Assert.Equal(400, (int)(await anybody.GetAsync("/api/v1/procedures/1.004222/fee-quote?at=x", Ct)).StatusCode);
        dossiers.Neighbours.PaymentDown = true;
        await RefusedAsync(await anybody.GetAsync("/api/v1/procedures/1.004222/fee-quote", Ct), 503, "DOS-0744");
    }

    /// <summary>Filed with a claim of disability and a paper that proves it, in the officer's hands.</summary>
    private async Task<Guid> InHandAsync(HttpClient client, Guid officer)
    {
        var id = await DraftAsync(client);
        await ClaimedAsync(client, id, ("disabled", [await EvidenceAsync(client, id)]));
        await BodyAsync(await PostAsync(client, id, "submission"));
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "acceptance"));
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Officer, id: officer), id, "assignment"));
        return id;
    }

    private static PaymentWaived Waived(Guid id) => new(
        id, "c", Guid.Empty, "atFiling", 150_000, [new WaivedLine("phi", "Phí", 150_000, "DISABLED", "Vì", "Because")], TimeProvider.System.GetUtcNow());

    private static async Task<JsonElement> ClaimedAsync(HttpClient client, Guid id, params (string Category, Guid[] Documents)[] claims) =>
        await BodyAsync(await PutAsync(client, id, new { claims = claims.Select(c => new { category = c.Category, documents = c.Documents }) }));

    private static Task<HttpResponseMessage> PutAsync(HttpClient client, Guid id, object body, string? ifMatch = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/dossiers/{id}/fee-claims") { Content = JsonContent.Create(body) };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return client.SendAsync(request, Ct);
    }

    private static Task<HttpResponseMessage> ReviewAsync(HttpClient client, Guid id, object body, string category = "disabled", string? key = null) =>
        PostAsync(client, id, $"fee-claims/{category}/review", body, key: key);

    private static Task<HttpResponseMessage> UploadEvidenceAsync(HttpClient client, Guid id)
    {
        var form = Form(1, Samples.Pdf($"evidence {id}"), "giay-xac-nhan.pdf");
        var named = new MultipartFormDataContent { { new StringContent("feeEvidence"), "component" } };
        named.Add(form.Last(), "file", "giay-xac-nhan.pdf");
        return client.PostAsync($"/api/v1/dossiers/{id}/documents", named, Ct);
    }

    private static async Task<Guid> EvidenceAsync(HttpClient client, Guid id)
    {
        var document = await BodyAsync(await UploadEvidenceAsync(client, id), HttpStatusCode.Created);
        Assert.Equal(("feeEvidence", JsonValueKind.Null), (document.GetProperty("kind").GetString(), document.GetProperty("component").ValueKind));
        return document.GetProperty("id").GetGuid();
    }

    private static Task<JsonElement> QuoteAsync(HttpClient client, Guid id, string query = "") => GetAsync(client, $"/api/v1/dossiers/{id}/fee-quote{query}");

    private static long Number(JsonElement of, string name) => of.GetProperty(name).GetInt64();
}
