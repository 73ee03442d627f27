using System.Text.Json;
using CsCheck;
using HaLong.Payments.Banks;
using HaLong.Payments.Tests.Domain;
using Microsoft.AspNetCore.Http;

namespace HaLong.Payments.Tests.Banks;

/// <summary>Lists of transfers without a server: what is signed, what is an amount or a time, and what is said to whom.</summary>
public sealed class StatementShapeTests
{
    private const string Secret = "a-secret-of-enough-length";
    private static readonly StatementLine Line = new("FT1", "0011000000001", "150000.00", "VND", "Lệ phí HLQ7K3M9XW2P", "20/11/2026 09:59:58");

    [Theory]
    [InlineData(new string?[0], "")]
    [InlineData(new[] { "a" }, "1:a,")]
    [InlineData(new[] { "phí" }, "4:phí,")]
    [InlineData(new[] { "", null }, "0:,0:,")]
    [InlineData(new[] { "1:a,", "b" }, "4:1:a,,1:b,")]
    public void Each_field_is_written_with_its_number_of_bytes(string?[] fields, string canonical) => Assert.Equal(canonical, StatementShape.Canonical(fields));

    [Fact]
    public void Other_fields_are_never_written_alike()
    {
        string[] texts = ["", "1", ",", ":", "1:", "0:,", ",0:", "1:1,"];
        var fields = Gen.Int[0, texts.Length - 1].Select(i => texts[i]).Array[0, 4];
        Gen.Select(fields, fields).Sample((one, other) => one.SequenceEqual(other) == (StatementShape.Canonical(one) == StatementShape.Canonical(other)));
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("150000", 150_000)]
    [InlineData("150000.00", 150_000)]
    [InlineData("9999999999999.00", 9_999_999_999_999)]
    public void An_amount_is_whole_with_or_without_two_noughts(string text, long amount) => Assert.Equal(amount, Notice(Line with { Amount = text }).Value.Amount);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0.00")]
    [InlineData("0150000")]
    [InlineData("150000.")]
    [InlineData("150000.0")]
    [InlineData("150000.01")]
    [InlineData("150000.000")]
    [InlineData("150.000")]
    [InlineData("150,000")]
    [InlineData("+150000")]
    [InlineData(" 150000")]
    [InlineData("150000\n")]
    [InlineData("１５")]
    [InlineData("10000000000000")]
    public void Any_other_text_is_none(string? text) => Assert.Equal("amount", FieldOf(Line with { Amount = text }));

    [Theory]
    [InlineData("20/11/2026 00:00:00", "2026-11-19T17:00:00Z")]
    [InlineData("20/11/2026 17:00:01", "2026-11-20T10:00:01Z")]
    public void A_bank_books_in_Vietnamese_time(string posted, string instant) =>
        Assert.Equal(DateTimeOffset.Parse(instant, null), Notice(Line with { PostedAt = posted }).Value.BookedAt);

    [Theory]
    [InlineData("11/20/2026 10:00:00")]
    [InlineData("20/11/26 10:00:00")]
    [InlineData("20/11/2026 24:00:00")]
    [InlineData("20/11/2026")]
    [InlineData("31/12/1999 23:59:59")]
    [InlineData("01/01/0001 00:00:00")]
    [InlineData("22/11/2026 00:00:00")] // more than a day ahead
    public void What_cannot_be_the_time_of_a_booking_is_refused(string posted) => Assert.Equal("bookedAt", FieldOf(Line with { PostedAt = posted }));

    [Fact]
    public void A_line_written_with_other_spacing_is_the_same_notice_and_one_with_another_field_is_not()
    {
        var hash = Notice(Line).Value.PayloadHash;
        Assert.Equal(hash, Line.ToNotice("lists", "970436", "{ \"other\": \"spacing\" }", Some.Now).Value.PayloadHash);
        foreach (var other in new[] { Line with { Content = "x" }, Line with { Amount = "150001" }, Line with { Ref = "FT2" }, Line with { PostedAt = "20/11/2026 09:59:59" } })
            Assert.NotEqual(hash, Notice(other).Value.PayloadHash);
        Assert.NotEqual(hash, Line.ToNotice("lists", "970437", "{}", Some.Now).Value.PayloadHash);
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(500, null)]
    [InlineData(501, "PAY-0008")]
    [InlineData(0, "PAY-0008")]
    public void A_list_has_1_to_500_transfers(int count, string? code)
    {
        var read = Read([.. Enumerable.Range(1, count).Select(i => Line with { Ref = "FT" + i })]);
        Assert.Equal(code, read.IsSuccess ? null : read.Error.Code);
        Assert.True(code is not null || read.Value.Notices.Count == count);
    }

    [Fact]
    public void Only_who_signed_learns_what_else_is_wrong()
    {
        StatementLine[] bad = [Line with { Currency = "USD" }];
        Assert.Equal("PAY-0008", Read(bad).Error.Code);
        Assert.Equal("PAY-0006", Read(bad, signedWith: "another-secret-of-enough-length").Error.Code);
        Assert.Equal("PAY-0006", Read(bad, known: false).Error.Code);
        Assert.Equal("PAY-0006", Read(bad, sentAt: "20200101000000", signedWith: "another-secret-of-enough-length").Error.Code);
        Assert.Equal("PAY-0007", Read(bad, sentAt: "20200101000000").Error.Code);
    }

    [Theory]
    [InlineData("20261120100500", null)]
    [InlineData("20261120095500", null)]
    [InlineData("20261120100501", "PAY-0007")]
    [InlineData("20261120095459", "PAY-0007")]
    [InlineData("2026-11-20 10:00", "PAY-0006")]
    [InlineData("00010101000000", "PAY-0006")]
    [InlineData("99991231235959", "PAY-0007")]
    public void The_time_of_signing_is_near_or_the_list_is_refused(string sentAt, string? code)
    {
        var read = Read([Line], sentAt: sentAt);
        Assert.Equal(code, read.IsSuccess ? null : read.Error.Code);
    }

    [Fact]
    public void Of_whom_nothing_is_said_sends_single_notices() =>
        Assert.Equal(("notice", "notice", "statement"), (BankShapes.Of(null).Name, BankShapes.Of(new BankProvider()).Name, BankShapes.Of(new BankProvider { Shape = "statement" }).Name));

    private static ServiceDefaults.Result<Payments.Domain.BankNotice> Notice(StatementLine line) => line.ToNotice("lists", "970436", "{}", Some.Now);

    private static string FieldOf(StatementLine line) => Assert.Single(Notice(line).Error.FieldMessages).Field;

    private static ServiceDefaults.Result<SignedNotices> Read(StatementLine[] lines, string sentAt = "20261120100000", string signedWith = Secret, bool known = true)
    {
        var body = new StatementBody("B1", sentAt, "970436", [], null);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(
            new { body.BatchId, body.SentAt, body.Bank, transactions = lines, signature = StatementShape.Sign(signedWith, body, lines) }, JsonSerializerOptions.Web);
        var bank = known ? new BankProvider { Secret = Secret, Shape = "statement" } : null;
        return new StatementShape().Read(new BankRequest("lists", bank, new HeaderDictionary(), bytes, Some.Now, TimeSpan.FromMinutes(5)));
    }
}
