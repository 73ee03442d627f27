using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.Providers;
using HaLong.Signatures.Tests.Tools;
using static HaLong.Signatures.Tests.Tools.CredentialFixture;

namespace HaLong.Signatures.Tests.Providers;

/// <summary>All five steps with a real document: prepare, authorise, sign, embed, validate.</summary>
[Collection(CredentialTests.Name)]
public sealed class DocumentsOfPersonsTests(CredentialFixture fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<byte[]> SignPdfAsync(Guid account, Guid credential, string pin = Pin)
    {
        var known = (await fixture.Provider.ListAsync(new SignerIdentity(account), Ct)).Succeeded().Single(c => c.Id == credential.ToString());
        var pdf = SamplePdfs.Table();
        var prepared = PadesSigner.Prepare(pdf, known.Chain, known.Algorithm, new SignatureDetails("Người ký", "Đơn", "Hạ Long", fixture.Time.GetUtcNow()));
        var outcome = (await fixture.SignAsync(Order(account, credential, prepared.HashToSign), pin)).Succeeded();
        return [.. pdf, .. prepared.Complete(Assert.Single(outcome.Signatures)!, null).Value.Bytes];
    }

    private async Task<JsonElement> ValidateAsync(byte[] pdf)
    {
        using var body = new ByteArrayContent(pdf) { Headers = { ContentType = new MediaTypeHeaderValue("application/pdf") } };
        using var answer = await fixture.Service.Client().PostAsync("/api/v1/validations", body, Ct);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    private async Task<string> IndicationAsync(byte[] pdf) => (await ValidateAsync(pdf)).GetProperty("indication").GetString()!;

    [Fact]
    public async Task A_citizens_signature_is_valid_until_it_is_revoked()
    {
        var (account, credential) = await fixture.SignerAsync();
        var pdf = await SignPdfAsync(account, credential);
        var report = await ValidateAsync(pdf);
        Assert.Equal("VALID", report.GetProperty("indication").GetString());
        Assert.Contains(account.ToString(), report.GetProperty("signatures")[0].ToString(), StringComparison.OrdinalIgnoreCase);

        using var client = fixture.As(account);
        await PostAsync(client, $"{Own}/{credential}/suspension");
        Assert.Equal("REVOKED", await IndicationAsync(pdf));
        await PostAsync(client, $"{Own}/{credential}/resumption");
        Assert.Equal("VALID", await IndicationAsync(pdf));
        await PostAsync(client, $"{Own}/{credential}/revocation", new { reason = "keyCompromise" });
        // No time-stamp vouches that it was signed before.
        Assert.Equal("REVOKED", await IndicationAsync(pdf));
    }

    [Fact]
    public async Task One_that_was_replaced_leaves_what_it_signed_valid()
    {
        var (account, credential) = await fixture.SignerAsync();
        var pdf = await SignPdfAsync(account, credential);
        using var client = fixture.As(account);
        var next = (await PostAsync(client, $"{Own}/{credential}/renewal", new { forgotten = true })).Id;
        await PostAsync(client, $"{Own}/{next}/pin", new { newPin = "730518" });
        Assert.Equal("VALID", await IndicationAsync(pdf));
        Assert.Equal("VALID", await IndicationAsync(await SignPdfAsync(account, next, "730518")));
    }

    [Fact]
    public async Task A_one_time_signature_is_valid_and_expires_with_its_certificate_unless_it_is_stamped()
    {
        var account = fixture.People.Person(assurance: 1);
        var credential = (await PostAsync(fixture.As(account), Own, new { term = "oneTime" })).Id;
        var pdf = await SignPdfAsync(account, credential, "");
        Assert.Equal("VALID", await IndicationAsync(pdf));
        fixture.Time.Shift += TimeSpan.FromMinutes(16);
        Assert.Equal("EXPIRED", await IndicationAsync(pdf));
    }

    [Fact]
    public async Task A_file_that_was_changed_is_not()
    {
        var (account, credential) = await fixture.SignerAsync();
        var pdf = await SignPdfAsync(account, credential);
        pdf[^40] ^= 1;
        Assert.NotEqual("VALID", await IndicationAsync(pdf));
        var officer = await fixture.OfficerAsync();
        Assert.Equal("VALID", await IndicationAsync(await SignPdfAsync(officer.Account, officer.Credential)));
    }
}
