using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.Signatures.Providers;
using HaLong.Signatures.Providers.Csc;
using HaLong.Signatures.Providers.SmartCa;
using HaLong.Signatures.Tests.Tools;

namespace HaLong.Signatures.Tests.Providers;

/// <summary>The rest of the words that providers may say, as tables: what each means, and which of two counts.</summary>
public sealed class ProviderWordTests
{
    private static readonly string Certificate = Convert.ToBase64String(TestPki.Default.Seal.RawData);

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    [Theory]
    [InlineData("credential_locked", "", "SIG-0407")]
    [InlineData("user_blocked", "", "SIG-0407")]
    [InlineData("pin_blocked", "", "SIG-0407")]
    [InlineData("key_suspended", "", "SIG-0409")]
    [InlineData("certificate_revoked", "", "SIG-0409")]
    [InlineData("INVALID_SAD", "", "SIG-0408")]
    [InlineData("sad_expired", "", "SIG-0408")]
    [InlineData("otp_expired", "", "SIG-0408")]
    [InlineData("Invalid_OTP", "", "SIG-0406")]
    [InlineData("wrong_password", "", "SIG-0405")]
    [InlineData("invalid_request", "wrong (PIN)", "SIG-0405")]
    [InlineData("invalid_request", "the mapping and the notpad are unknown", "SIG-0420")]
    [InlineData("invalid_request", "The one-time password (OTP) does not match", "SIG-0406")]
    [InlineData("invalid_request", "Invalid parameter numSignatures", "SIG-0416")]
    [InlineData("invalid_request", "multisign is not supported", "SIG-0416")]
    [InlineData("invalid_request", "Invalid parameter signAlgo", "SIG-0417")]
    [InlineData("invalid_request", "Missing (or invalid type) string parameter credentialID", "SIG-0410")]
    [InlineData("invalid_request", "", "SIG-0420")]
    [InlineData("", "", "SIG-0420")]
    // The word comes before the description.
    [InlineData("invalid_pin", "The credential is locked", "SIG-0405")]
    [InlineData("invalid_otp", "PIN", "SIG-0406")]
    public void A_fault_of_a_csc_server_is_recognised_by_what_it_contains(string error, string description, string code)
    {
        var body = Json(new JsonObject { ["error"] = error, ["error_description"] = description }.ToJsonString());
        Assert.Equal(code, CscFault.Of(new ProviderAnswer(Reached.Answered, 400, body))?.Code);
    }

    [Theory]
    [InlineData(400, "SIG-0420")]
    [InlineData(401, "SIG-0411")]
    [InlineData(403, "SIG-0411")]
    [InlineData(404, "SIG-0420")]
    [InlineData(409, "SIG-0420")]
    [InlineData(429, "SIG-0402")]
    [InlineData(500, "SIG-0402")]
    [InlineData(502, "SIG-0402")]
    [InlineData(504, "SIG-0402")]
    [InlineData(599, "SIG-0402")]
    [InlineData(302, "SIG-0420")]
    public void Without_a_word_the_status_decides(int status, string code) =>
        Assert.Equal(code, CscFault.Of(new ProviderAnswer(Reached.Answered, status, null))?.Code);

    [Fact]
    public void What_never_left_and_what_was_lost_is_unavailable_whatever_else_it_says()
    {
        foreach (var reached in new[] { Reached.NotSent, Reached.Lost })
        {
            var answer = new ProviderAnswer(reached, 0, Json("""{"error":"invalid_pin"}"""));
            Assert.Equal(("SIG-0402", true, false), (CscFault.Of(answer)?.Code, answer.IsPassing, answer.IsOk));
        }
    }

    [Theory]
    [InlineData("invalid_pin", "invalid_pin")]
    [InlineData("INVALID-PIN-2", "INVALID-PIN-2")]
    [InlineData("pin 123456", "")]
    [InlineData("pin:123456", "")]
    [InlineData("mã_sai", "")]
    [InlineData("", "")]
    public void Only_a_word_of_plain_letters_is_kept_as_a_code(string word, string kept) =>
        Assert.Equal(kept, CscFault.Code(Json(new JsonObject { ["error"] = word }.ToJsonString())));

    [Fact]
    public void A_word_that_is_too_long_is_none()
    {
        Assert.Equal(60, CscFault.Code(Json($$"""{"error":"{{new string('a', 60)}}"}""")).Length);
        Assert.Equal("", CscFault.Code(Json($$"""{"error":"{{new string('a', 61)}}"}""")));
        Assert.Equal("", CscFault.Code(null));
    }

    private const string Implicit = """{"mode":"implicit"}""";

    private static CscCredential? Read(string? auth = null, string multisign = "5", string key = """{"status":"enabled"}""", string cert = "valid",
        string id = "id", int most = 100) =>
        CscCredentials.Read(Json($$"""
            {"key":{{key}},"cert":{"status":"{{cert}}","certificates":["{{Certificate}}"]},"auth":{{auth ?? Implicit}},"multisign":{{multisign}}}
            """), id, most);

    [Theory]
    [InlineData("5", 100, 5)]
    [InlineData("500", 100, 100)]
    [InlineData("0", 100, 1)]
    [InlineData("-3", 100, 1)]
    [InlineData("null", 100, 1)]
    [InlineData("\"7\"", 100, 1)]
    [InlineData("1e99", 100, 1)]
    [InlineData("9", 1, 1)]
    public void How_many_hashes_one_authorisation_covers_is_what_both_sides_allow(string multisign, int most, int hashes) =>
        Assert.Equal(hashes, Read(multisign: multisign, most: most)?.Credential.MaxHashes);

    [Theory]
    [InlineData("enabled", "valid", true)]
    [InlineData("", "", true)]
    [InlineData("disabled", "valid", false)]
    [InlineData("enabled", "revoked", false)]
    [InlineData("enabled", "expired", false)]
    [InlineData("ENABLED", "valid", false)]
    public void A_key_is_used_only_when_the_server_calls_key_and_certificate_good(string key, string cert, bool enabled) =>
        Assert.Equal(enabled, Read(key: $$"""{"status":"{{key}}"}""", cert: cert)?.IsEnabled);

    [Theory]
    [InlineData("""{"status":"enabled"}""", "1.2.840.10045.4.3.2")]
    [InlineData("""{"algo":[]}""", "1.2.840.10045.4.3.2")]
    [InlineData("""{"algo":["1.2.840.10045.4.3.3","1.2.840.10045.4.3.2"]}""", "1.2.840.10045.4.3.2")]
    [InlineData("""{"algo":["1.2.840.10045.4.3.4","1.2.840.10045.4.3.3"]}""", "1.2.840.10045.4.3.3")]
    [InlineData("""{"algo":[1,null,"1.2.840.10045.2.1"]}""", "1.2.840.10045.4.3.2")]
    // What is offered is for another kind of key than the certificate's.
    [InlineData("""{"algo":["1.2.840.113549.1.1.11"]}""", null)]
    [InlineData("""{"algo":["1.2.840.113549.1.1.1"]}""", null)]
    [InlineData("""{"algo":["1.3.14.3.2.26"]}""", null)]
    public void The_algorithm_is_the_usual_one_of_the_key_if_it_is_offered(string key, string? oid) =>
        Assert.Equal(oid, Read(key: key)?.Credential.Algorithm.Oid);

    [Theory]
    [InlineData("""{"mode":"explicit","objects":[{"type":"Password","id":"P"}]}""", SignerNeeds.Pin, "P", "")]
    [InlineData("""{"mode":"explicit","objects":[{"type":"OTP","id":"O"}]}""", SignerNeeds.OneTimeCode, "", "O")]
    [InlineData("""{"mode":"explicit","expression":"PIN or OTP","objects":[{"type":"OTP","id":"O"},{"type":"Password","id":"P"}]}""", SignerNeeds.Pin, "P", "")]
    [InlineData("""{"mode":"explicit","expression":"PIN AND OTP","objects":[{"type":"Face","id":"B"},{"type":"OTP","id":"O"},{"type":"Password","id":"P"}]}""",
        SignerNeeds.Pin | SignerNeeds.OneTimeCode, "P", "O")]
    [InlineData("""{"mode":"explicit","objects":[]}""", SignerNeeds.None, "", "")]
    [InlineData("""{"mode":"implicit","objects":[{"type":"Password","id":"P"}]}""", SignerNeeds.None, "", "")]
    public void What_the_person_gives_is_what_the_server_asks_for_under_its_own_names(string auth, object needs, string pin, string code)
    {
        var read = Read(auth);
        Assert.Equal((needs, pin, code), (read!.Credential.Needs, read.PinId, read.CodeId));
    }

    [Theory]
    [InlineData("""{"mode":"oauth2token"}""")]
    [InlineData("""{"mode":""}""")]
    [InlineData("""{}""")]
    [InlineData("null")]
    public void A_credential_that_is_authorised_in_a_browser_is_of_no_use_here(string auth) => Assert.Null(Read(auth));

    [Fact]
    public void An_id_has_a_length()
    {
        Assert.NotNull(Read(id: new string('x', 200)));
        Assert.Null(Read(id: new string('x', 201)));
    }

    [Theory]
    [InlineData("pending", "Pending", "")]
    [InlineData("SIG_WAIT_FOR_USER_CONFIRM", "Pending", "")]
    [InlineData("waiting_for_signer_confirm", "Pending", "")]
    [InlineData("COMPLETED", "Signed", "")]
    [InlineData("expired", "Expired", "EXPIRED")]
    [InlineData("4002", "Declined", "SIGNER_REJECTED")]
    [InlineData("SIGNER_REJECTED", "Declined", "SIGNER_REJECTED")]
    [InlineData("4003", "Failed", "AUTHORIZE_KEY_FAILED")]
    [InlineData("AUTHORIZE_KEY_FAILED", "Failed", "AUTHORIZE_KEY_FAILED")]
    [InlineData("4004", "Failed", "SIGN_FAILED")]
    [InlineData("sign_failed", "Failed", "SIGN_FAILED")]
    [InlineData("failed", "Failed", "SIGN_FAILED")]
    [InlineData("credential_status_invalid", "Failed", "CREDENTIAL_STATUS_INVALID")]
    [InlineData("4001", null, "")]
    [InlineData("200", null, "")]
    [InlineData("success", null, "")]
    [InlineData(" completed", null, "")]
    public void Each_word_of_the_gateway_means_one_thing_wherever_it_stands(string word, string? state, string code)
    {
        foreach (var body in new[] { "code", "error_code", "status", "status_code", "message" }.Select(m => new JsonObject { [m] = word })
            .Concat([new JsonObject { ["data"] = new JsonObject { ["code"] = word } }, new JsonObject { ["data"] = new JsonObject { ["status"] = word } }]))
        {
            var told = SmartCaTold.Read(Json(body.ToJsonString()));
            Assert.Equal((state, code), (told.State?.ToString(), told.Code));
        }
    }

    [Theory]
    [InlineData("""{"code":"4002","status":"completed"}""", "Declined")]
    [InlineData("""{"code":"0","data":{"code":"4003"},"status":"completed"}""", "Failed")]
    [InlineData("""{"error_code":"4004","message":"pending"}""", "Failed")]
    [InlineData("""{"data":{"status":"expired"},"status":"completed"}""", "Expired")]
    [InlineData("""{"status_code":200,"message":"completed"}""", "Signed")]
    [InlineData("""{"status":"failed","signed_files":[{"doc_id":"a","signature_value":"AQID"}]}""", "Failed")]
    [InlineData("""{"message":"pending","data":{"signatures":[{"doc_id":"a","signature_value":"AQID"}]}}""", "Pending")]
    public void The_most_telling_word_counts(string body, string state) => Assert.Equal(state, SmartCaTold.Read(Json(body)).State.ToString());

    [Theory]
    [InlineData("""{"transaction_id":"a","tran_code":"b"}""", "a", "b")]
    [InlineData("""{"data":{"transaction_id":"a","tran_code":"b"},"transaction_id":"x","tran_code":"y"}""", "a", "b")]
    [InlineData("""{"transaction_id":7,"tran_code":8}""", "7", "8")]
    [InlineData("""{"transaction_id":null,"tran_code":["b"]}""", "", "")]
    [InlineData("""{"tranCode":"b","transactionId":"a"}""", "", "")]
    [InlineData("""{"data":"x","transaction_id":"a"}""", "a", "")]
    public void The_ids_are_read_by_their_own_names_and_never_in_each_other_s_place(string body, string ours, string theirs)
    {
        var told = SmartCaTold.Read(Json(body));
        Assert.Equal((ours, theirs), (told.TransactionId, told.TranCode));
    }

    [Fact]
    public void Signatures_under_both_names_are_taken_together_and_what_cannot_be_read_is_left_out()
    {
        var told = SmartCaTold.Read(Json("""
            {"signatures":[{"doc_id":"1","signature_value":"AQ=="},{"doc_id":"2","signature_value":""},"x",{"signature_value":"Ag=="}],
             "signed_files":[{"doc_id":"3","signature_value":"Aw=="},{"doc_id":"1","signature_value":"BA=="}]}
            """));
        Assert.Equal(["", "1", "3"], told.Signatures.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([1], told.Signatures["1"]);
        Assert.Equal(HashState.Signed, told.State);
    }
}
