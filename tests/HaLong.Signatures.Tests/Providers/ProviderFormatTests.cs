using System.Security.Cryptography;
using System.Text.Json;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Providers;
using HaLong.Signatures.Providers.Csc;
using HaLong.Signatures.Providers.Orders;
using HaLong.Signatures.Providers.SmartCa;
using HaLong.Signatures.Tests.Tools;

namespace HaLong.Signatures.Tests.Providers;

/// <summary>What providers write, in all its forms, and the rules of an order.</summary>
public sealed class ProviderFormatTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 24, 3, 0, 0, TimeSpan.Zero);

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    [Theory]
    [InlineData("""{"message":"sig_wait_for_user_confirm","data":{"transaction_id":"a","tran_code":"b"}}""", "Pending", "")]
    [InlineData("""{"message":"pending"}""", "Pending", "")]
    [InlineData("""{"status":"completed"}""", "Signed", "")]
    [InlineData("""{"code":"EXPIRED"}""", "Expired", "EXPIRED")]
    [InlineData("""{"status":"failed","code":"4002"}""", "Declined", "SIGNER_REJECTED")]
    [InlineData("""{"status":"failed","data":{"code":4003}}""", "Failed", "AUTHORIZE_KEY_FAILED")]
    [InlineData("""{"status_code":4004}""", "Failed", "SIGN_FAILED")]
    [InlineData("""{"message":"CREDENTIAL_STATUS_INVALID"}""", "Failed", "CREDENTIAL_STATUS_INVALID")]
    [InlineData("""{"signed_files":[{"doc_id":"x","signature_value":"AQID"}]}""", "Signed", "")]
    [InlineData("""{"signed_files":[{"doc_id":"x","signature_value":"!"}]}""", null, "")]
    [InlineData("""{"status":"no such word"}""", null, "")]
    [InlineData("""{"data":[1],"signatures":{"a":1},"code":{}}""", null, "")]
    public void The_gateway_s_words_are_understood(string text, string? state, string code)
    {
        var told = SmartCaTold.Read(Json(text));
        Assert.Equal((state, code), (told.State?.ToString(), told.Code));
    }

    [Fact]
    public void Both_transaction_ids_are_kept_apart_and_the_first_signature_of_a_document_counts()
    {
        var told = SmartCaTold.Read(Json("""{"data":{"transaction_id":"ours","tran_code":"theirs","signatures":[{"doc_id":"1","signature_value":"AQ=="},{"doc_id":"1","signature_value":"Ag=="},{"doc_id":"2"}]}}"""));
        Assert.Equal(("ours", "theirs"), (told.TransactionId, told.TranCode));
        Assert.Equal([1], Assert.Single(told.Signatures).Value);
        Assert.Equal("20260724030000Z", SmartCaSignRequest.Moment(new DateTimeOffset(2026, 7, 24, 10, 0, 0, TimeSpan.FromHours(7))));
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_pin"}""", "SIG-0405")]
    [InlineData(400, """{"error":"invalid_request","error_description":"The PIN is wrong"}""", "SIG-0405")]
    [InlineData(400, """{"error":"invalid_otp"}""", "SIG-0406")]
    [InlineData(400, """{"error":"invalid_request","error_description":"PIN locked"}""", "SIG-0407")]
    [InlineData(400, """{"error":"invalid_request","error_description":"SAD expired"}""", "SIG-0408")]
    [InlineData(400, """{"error":"invalid_request","error_description":"Invalid parameter SAD"}""", "SIG-0408")]
    [InlineData(403, """{"error":"credential_disabled"}""", "SIG-0409")]
    [InlineData(400, """{"error":"invalid_request","error_description":"Invalid parameter credentialID"}""", "SIG-0410")]
    [InlineData(401, """{"error":"invalid_token"}""", "SIG-0411")]
    [InlineData(403, """{"error":"access_denied"}""", "SIG-0411")]
    [InlineData(400, """{"error":"invalid_request","error_description":"numSignatures is too high"}""", "SIG-0416")]
    [InlineData(400, """{"error":"invalid_request","error_description":"Invalid parameter hashAlgorithmOID"}""", "SIG-0417")]
    [InlineData(400, """{"error":"something else"}""", "SIG-0420")]
    [InlineData(503, "{}", "SIG-0402")]
    [InlineData(500, "{}", "SIG-0402")]
    [InlineData(200, "{}", null)]
    public void The_standard_s_loose_words_have_one_code_each(int status, string body, string? code) =>
        Assert.Equal(code, CscFault.Of(new ProviderAnswer(Reached.Answered, status, Json(body)))?.Code);

    [Fact]
    public void What_a_provider_describes_is_never_a_code_to_be_logged()
    {
        Assert.Equal("invalid_pin", CscFault.Code(Json("""{"error":"invalid_pin"}""")));
        Assert.Equal("", CscFault.Code(Json("""{"error":"your pin 123456 is wrong"}""")));
        Assert.Equal("", CscFault.Code(Json("[]")));
        Assert.Equal("SIG-0420", CscFault.Of(new ProviderAnswer(Reached.Answered, 200, null))?.Code);
        Assert.Equal("SIG-0402", CscFault.Of(new ProviderAnswer(Reached.Lost, 0, null))?.Code);
        foreach (object secret in new object[] { new CscWire.AuthDatum("PIN", "123456"), new CscWire.SignHashRequest("c", "123456", [], "", "", ""), new CscWire.ListRequest("123456") })
            Assert.DoesNotContain("123456", secret.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Credentials_are_read_and_those_of_no_use_are_left_out()
    {
        var certificate = Convert.ToBase64String(TestPki.Default.Seal.RawData);
        string Item(string auth, string algo = "\"1.2.840.10045.2.1\"", string? cert = null, string status = "enabled") =>
            $$"""{"key":{"status":"{{status}}","algo":[{{algo}}]},"cert":{"status":"valid","certificates":["{{cert ?? certificate}}"]},"auth":{{auth}},"multisign":9}""";
        const string Both = """{"mode":"explicit","expression":"PIN AND OTP","objects":[{"type":"Password","id":"P"},{"type":"ChallengeResponse","id":"O"}]}""";
        CscCredential? Read(string text) => CscCredentials.Read(Json(text), "id", most: 5);

        var whole = Read(Item(Both))!;
        Assert.Equal((SignerNeeds.Pin | SignerNeeds.OneTimeCode, "P", "O", 5, SignatureAlgorithm.EcdsaSha256, true),
            (whole.Credential.Needs, whole.PinId, whole.CodeId, whole.Credential.MaxHashes, whole.Credential.Algorithm, whole.IsEnabled));
        Assert.Equal((SignerNeeds.Pin, ""), Read(Item(Both.Replace("AND", "OR", StringComparison.Ordinal)))! is var either ? (either.Credential.Needs, either.CodeId) : default);
        Assert.Equal(SignerNeeds.None, Read(Item("""{"mode":"implicit"}"""))!.Credential.Needs);
        Assert.Equal(SignatureAlgorithm.EcdsaSha512, Read(Item(Both, "\"1.2.840.10045.4.3.4\""))!.Credential.Algorithm);
        Assert.False(Read(Item(Both, status: "disabled"))!.IsEnabled);
        Assert.Null(Read(Item("""{"mode":"oauth2code"}""")));
        Assert.Null(Read(Item(Both, "\"1.2.3\"")));
        Assert.Null(Read(Item(Both, cert: "AAAA")));
        Assert.Null(Read("{}"));
        Assert.Null(CscCredentials.Read(Json(Item(Both)), "", 5));
    }

    [Fact]
    public void Options_say_what_is_missing()
    {
        var options = new ProviderOptions { SmartCa = new SmartCaOptions { Url = "ftp://x", HookSecret = "short", TimeoutSeconds = 0 }, Imported = new ImportedOptions { ChallengeSeconds = 1 } };
        options.Csc["Wrong Name"] = new CscOptions { Url = "x", TokenUrl = "y", LastsSeconds = 1 };
        Assert.Equal(10, options.Faults().Count());
        Assert.Empty(new ProviderOptions().Faults());
    }

    [Fact]
    public void An_order_is_sent_once_named_once_and_ends_once()
    {
        var order = NewOrder();
        Assert.Equal(HashOutcome.Pending, order.Outcome);
        Assert.True(order.Send(Now.AddSeconds(5), Now).IsSuccess);
        Assert.Equal("SIG-0419", order.Send(Now, Now).Error.Code);
        Assert.True(order.Name("T1"));
        Assert.True(order.Name("T1"));
        Assert.False(order.Name("T2"));
        // It has an id there: it was heard.
        order.Unsend();
        Assert.Equal(OrderState.Sent, order.State);
        Assert.False(order.End(HashOutcome.Pending, Now));
        Assert.True(order.End(new HashOutcome(HashState.Declined, [], new string('x', 100)), Now));
        Assert.False(order.End(new HashOutcome(HashState.Signed, [[1]]), Now));
        Assert.Equal((HashState.Declined, 60, null), (order.Outcome.State, order.Outcome.Code.Length, order.AskAt));
        Assert.Equal("SIG-0408", order.Send(Now, Now).Error.Code);

        var late = NewOrder();
        Assert.Equal("SIG-0408", late.Send(Now, Now.AddHours(1)).Error.Code);
        var unheard = NewOrder();
        unheard.Send(Now, Now);
        unheard.Unsend();
        Assert.Equal((OrderState.Open, null), (unheard.State, unheard.AskAt));
    }

    [Fact]
    public void Signatures_are_judged_all_together()
    {
        var pki = TestPki.Default;
        byte[][] hashes = [SHA256.HashData([1]), SHA256.HashData([2])];
        var good = hashes.Select(h => (byte[]?)pki.SealKey.SignHash(h, DSASignatureFormat.Rfc3279DerSequence)).ToList();
        HashOutcome Judge(params IReadOnlyList<byte[]?> signatures) => SignatureCheck.Judge(pki.Seal, SignatureAlgorithm.EcdsaSha256, hashes, signatures);
        Assert.Equal(HashState.Signed, Judge(good[0], good[1]).State);
        Assert.Equal(HashState.Signed, Judge(good[0], null).State);
        Assert.Equal("COUNT_MISMATCH", Judge(null, null).Code);
        Assert.Equal("COUNT_MISMATCH", Judge(good[0]).Code);
        Assert.Equal("SIGNATURE_MISMATCH", Judge(good[1], good[0]).Code);
        Assert.Equal("SIGNATURE_MISMATCH", Judge(good[0], [1, 2, 3]).Code);
        Assert.False(SignatureCheck.Holds(pki.Seal, SignatureAlgorithm.RsaSha256, hashes[0], good[0]!));
    }

    private static ProviderOrder NewOrder() => ProviderOrder.Open("smartca",
        ProviderFixture.Order(new SignerIdentity(Guid.CreateVersion7()), "c", SignatureAlgorithm.EcdsaSha256), TestPki.Default.Seal.RawData, Now.AddMinutes(5), Now);
}
