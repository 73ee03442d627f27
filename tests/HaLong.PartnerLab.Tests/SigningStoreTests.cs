using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaLong.PartnerLab.Dials;
using HaLong.PartnerLab.Signing;

namespace HaLong.PartnerLab.Tests;

/// <summary>What the simulated providers of signatures remember, and the people they know, without a server.</summary>
public sealed class SigningStoreTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 2, 0, 0, TimeSpan.Zero);
    private readonly SetClock clock = new();
    private readonly SigningPeople people;
    private readonly CscStore store;

    public SigningStoreTests()
    {
        people = new SigningPeople(clock);
        store = new CscStore(clock);
    }

    public void Dispose() => people.Dispose();

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset At { get; set; } = Now;

        public override DateTimeOffset GetUtcNow() => At;
    }

    private LabSigner Hanh => people.Credential("csc-hanh")!;

    [Fact]
    public void A_token_is_good_for_an_hour_and_only_as_a_bearer()
    {
        var token = store.NewToken();
        Assert.Equal(40, token.Length);
        Assert.True(store.IsToken("Bearer " + token));
        foreach (var header in new[] { null, "", token, "bearer " + token, "Basic " + token, "Bearer " + token + "x", "Bearer " })
            Assert.False(store.IsToken(header));
        clock.At = Now.AddHours(1).AddTicks(-1);
        Assert.True(store.IsToken("Bearer " + token));
        clock.At = Now.AddHours(1);
        Assert.False(store.IsToken("Bearer " + token));
        Assert.NotEqual(token, store.NewToken());
    }

    [Fact]
    public void A_code_is_six_digits_for_one_credential_and_used_up_by_the_right_use()
    {
        Assert.Null(store.Code("csc-hanh"));
        var code = store.NewCode("csc-hanh");
        Assert.Matches("^[0-9]{6}$", code);
        Assert.Equal(code, store.Code("csc-hanh"));
        Assert.Null(store.Code("csc-minh"));
        Assert.Equal("invalid_otp", store.WhyNot(people.Credential("csc-minh")!, "123456", code));
        Assert.Equal("invalid_pin", store.WhyNot(Hanh, "000000", code));
        Assert.Equal("invalid_otp", store.WhyNot(Hanh, "123456", ""));
        Assert.Null(store.WhyNot(Hanh, "123456", code));
        Assert.Null(store.Code("csc-hanh"));
        Assert.Equal("invalid_otp", store.WhyNot(Hanh, "123456", code));
    }

    [Fact]
    public void A_right_try_forgets_wrong_ones_and_the_fifth_in_a_row_locks_that_credential_alone()
    {
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 4; i++)
                Assert.Equal("invalid_pin", store.WhyNot(Hanh, "", ""));
            Assert.Null(store.WhyNot(Hanh, "123456", store.NewCode("csc-hanh")));
        }

        for (var i = 0; i < 5; i++)
            Assert.Equal(i % 2 == 0 ? "invalid_pin" : "invalid_otp", store.WhyNot(Hanh, i % 2 == 0 ? "0" : "123456", "x"));
        Assert.Equal("credential_locked", store.WhyNot(Hanh, "123456", store.NewCode("csc-hanh")));
        Assert.Null(store.WhyNot(people.Credential("csc-lan")!, "123456", store.NewCode("csc-lan")));
        store.Unlock();
        Assert.Null(store.WhyNot(Hanh, "123456", store.NewCode("csc-hanh")));
    }

    [Fact]
    public void An_activation_is_for_these_hashes_of_this_credential_once_within_three_minutes()
    {
        string[] hashes = ["a", "b"];
        string New(bool expired = false) => store.Activate("csc-hanh", hashes, expired);
        Assert.Null(store.Use(New(), "csc-hanh", ["a", "b"]));
        foreach (var (credential, other) in new (string, string[])[] { ("csc-minh", hashes), ("csc-hanh", ["b", "a"]), ("csc-hanh", ["a"]),
            ("csc-hanh", ["a", "b", "c"]), ("csc-hanh", []) })
        {
            var sad = New();
            Assert.Equal("invalid_sad", store.Use(sad, credential, other));
            // Used up by the wrong use too.
            Assert.Equal("invalid_sad", store.Use(sad, "csc-hanh", hashes));
        }

        Assert.Equal("invalid_sad", store.Use("unknown", "csc-hanh", hashes));
        Assert.Equal("sad_expired", store.Use(New(expired: true), "csc-hanh", hashes));
        var (inTime, late) = (New(), New());
        clock.At = Now.AddMinutes(3).AddTicks(-1);
        Assert.Null(store.Use(inTime, "csc-hanh", hashes));
        clock.At = Now.AddMinutes(3);
        Assert.Equal("sad_expired", store.Use(late, "csc-hanh", hashes));
    }

    [Fact]
    public void Orders_are_counted_by_what_the_client_calls_them()
    {
        foreach (var order in new[] { "a", "b", "a" })
            store.Count(order);
        Assert.Equal([("a", 2), ("b", 1)], store.Signed.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => (s.Key, s.Value)));
    }

    [Theory]
    [InlineData("022185000123", "csc-hanh", "Nguyễn Thị Hạnh", false)]
    [InlineData("022085000124", "csc-minh", "Phạm Quang Minh", true)]
    [InlineData("022186000456", "csc-lan", "Vũ Thị Lan", false)]
    public void People_have_certificates_of_the_lab_s_authority_and_sign_by_their_kind_of_key(string user, string credential, string name, bool isRsa)
    {
        var signer = Assert.Single(people.Of(user));
        Assert.Same(signer, people.Credential(credential));
        Assert.Equal((name, isRsa), (signer.Name, signer.Key is RSA));
        Assert.Contains(name, signer.Certificate.Subject, StringComparison.Ordinal);
        Assert.Contains("CCCD:" + user, signer.Certificate.Subject, StringComparison.Ordinal);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(people.Root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = Now.UtcDateTime;
        Assert.True(chain.Build(signer.Certificate));

        var hash = SHA256.HashData([1]);
        using var rsa = signer.Certificate.GetRSAPublicKey();
        using var elliptic = signer.Certificate.GetECDsaPublicKey();
        Assert.True(isRsa ? rsa!.VerifyHash(hash, signer.Sign(hash), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : elliptic!.VerifyHash(hash, signer.Sign(hash), DSASignatureFormat.Rfc3279DerSequence));
        // Both providers know one person under one serial number, in either case of letters.
        Assert.Same(signer, people.Serial(user, signer.SerialNumber.ToLowerInvariant()));
        Assert.NotSame(signer, people.Other(signer));
    }

    [Fact]
    public void Who_is_not_there_has_nothing()
    {
        Assert.Empty(people.Of("000000000000"));
        Assert.Null(people.Credential("CSC-HANH"));
        Assert.Null(people.Serial("022185000123", "00"));
        Assert.Null(people.Serial("022085000124", Hanh.SerialNumber));
    }

    private SmartCaOrder Order(string tranCode, SmartCaState state = SmartCaState.Pending) =>
        new(tranCode, "ours-" + tranCode, "022185000123", Hanh.SerialNumber, "Đơn",
        [new SmartCaDocument("1", new string('0', 64)), new SmartCaDocument("2", new string('1', 64))], Now.AddMinutes(5), state, []);

    [Fact]
    public void An_order_on_the_telephone_ends_once_by_its_answer_or_by_time()
    {
        var book = new SmartCaBook(clock);
        book.Add(Order("T1"));
        book.Add(Order("T2"));
        Assert.Null(book.Find("T3"));
        Assert.Null(book.End("T3", SmartCaState.Completed));
        Assert.Equal(SmartCaState.Declined, book.End("T1", SmartCaState.Declined)!.State);
        Assert.Equal(SmartCaState.Declined, book.End("T1", SmartCaState.Completed)!.State);
        clock.At = Now.AddMinutes(5).AddTicks(-1);
        Assert.Equal(SmartCaState.Pending, book.Find("T2")!.State);
        clock.At = Now.AddMinutes(5);
        Assert.Equal(SmartCaState.Expired, book.Find("T2")!.State);
        Assert.Equal(SmartCaState.Expired, book.End("T2", SmartCaState.Completed)!.State);
        Assert.Equal(SmartCaState.Declined, book.Find("T1")!.State);
        book.Note("T1", 200);
        book.Note("T1", 401);
        book.Note("T3", 200);
        Assert.Equal([200, 401], book.Find("T1")!.Told);
    }

    [Fact]
    public void The_book_keeps_the_newest_thousand()
    {
        var book = new SmartCaBook(clock);
        for (var i = 0; i < 1005; i++)
            book.Add(Order("T" + i));
        Assert.Equal((1000, "T5", "T1004"), (book.All.Count, book.All[0].TranCode, book.All[^1].TranCode));
        Assert.Null(book.Find("T4"));
    }

    [Theory]
    [InlineData(nameof(SmartCaState.Pending), "pending", null, 0)]
    [InlineData(nameof(SmartCaState.Completed), "completed", null, 2)]
    [InlineData(nameof(SmartCaState.Declined), "failed", "4002", 0)]
    [InlineData(nameof(SmartCaState.Failed), "failed", "4004", 0)]
    [InlineData(nameof(SmartCaState.Expired), "expired", "EXPIRED", 0)]
    public void Answers_and_notices_say_the_same_under_their_own_names(string state, string word, string? code, int signatures)
    {
        var answers = new SmartCaAnswers(people, new DialBoard());
        var order = Order("T1", Enum.Parse<SmartCaState>(state));
        var (answer, notice) = (answers.Status(order), answers.Notice(order));
        Assert.Equal((word, code), ((string?)answer["message"], (string?)answer["code"]));
        Assert.Equal((word, code), ((string?)notice["status"], (string?)notice["code"]));
        Assert.Equal(("ours-T1", "T1"), ((string?)answer["data"]!["transaction_id"], (string?)answer["data"]!["tran_code"]));
        Assert.Equal(("ours-T1", "T1"), ((string?)notice["transaction_id"], (string?)notice["tran_code"]));
        Assert.Equal((signatures, signatures), (answer["data"]!["signatures"]!.AsArray().Count, notice["signed_files"]!.AsArray().Count));
    }

    [Fact]
    public void Signatures_come_under_their_documents_ids_in_another_sequence_and_dials_spoil_them()
    {
        var dials = new DialBoard();
        var answers = new SmartCaAnswers(people, dials);
        var order = Order("T1", SmartCaState.Completed);
        using var key = Hanh.Certificate.GetECDsaPublicKey()!;
        bool Holds(System.Text.Json.Nodes.JsonNode? item, char filled) => key.VerifyHash(Convert.FromHexString(new string(filled, 64)),
            Convert.FromBase64String((string)item!["signature_value"]!), DSASignatureFormat.Rfc3279DerSequence);
        var good = answers.Notice(order)["signed_files"]!.AsArray();
        Assert.Equal(["2", "1"], good.Select(s => (string?)s!["doc_id"]));
        Assert.True(Holds(good[0], '1') && Holds(good[1], '0'));

        dials.Set(new Dial("smartca.wrongSignature", 1, 1, "022185000123"));
        Assert.False(Holds(answers.Notice(order)["signed_files"]![0], '1'));
        dials.Set(new Dial("smartca.wrongCount", 1, 1, "022085000124"));
        Assert.Equal(2, answers.Notice(order)["signed_files"]!.AsArray().Count);
        dials.Set(new Dial("smartca.wrongCount", 1, 1, "022185000123"));
        Assert.Equal(["2"], answers.Notice(order)["signed_files"]!.AsArray().Select(s => (string?)s!["doc_id"]));
        Assert.Empty(answers.Notice(order with { SerialNumber = "00" })["signed_files"]!.AsArray());
    }
}
