using System.Text.RegularExpressions;
using HaLong.Payments.Fees;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using static HaLong.Payments.Tests.Fees.Quotes;

namespace HaLong.Payments.Tests.Fees;

/// <summary>The policies that come with the service.</summary>
public sealed class FeePoliciesTests
{
    [Fact]
    public void Each_policy_has_a_code_of_its_own_names_in_both_languages_a_source_and_proof_for_its_category()
    {
        Assert.NotEmpty(FeePolicies.All);
        Assert.Equal(FeePolicies.All.Count, FeePolicies.All.Select(p => p.Id).Distinct().Count());
        Assert.All(FeePolicies.All, p =>
        {
            Assert.Matches(new Regex("^[A-Z0-9_]{3,64}$"), p.Id);
            Assert.InRange(p.Percent, 1, 100);
            Assert.All([p.NameVi, p.NameEn, p.Source], text => Assert.False(string.IsNullOrWhiteSpace(text)));
            Assert.NotEqual(p.NameVi, p.NameEn);
            Assert.All(p.Kinds, k => Assert.Contains(k, new[] { "phi", "lePhi" }));
            Assert.Equal(p.Category is not null, p.EvidenceVi is not null && p.EvidenceEn is not null);
            Assert.True(p.ValidFrom is null || p.ValidTo is null || p.ValidFrom <= p.ValidTo);
            // What is assumed says what about it is.
            Assert.Equal(p.Assumed, p.Note is not null);
        });
    }

    [Theory]
    [InlineData("2026-08-14", "online", 2, 10_000)]
    [InlineData("2026-08-15", "online", 2, 5_000)]
    [InlineData("2027-02-28", "assisted", 2, 5_000)]
    [InlineData("2027-03-01", "online", 2, 10_000)]
    [InlineData("2026-11-30", "online", 1, 10_000)]
    [InlineData("2026-11-30", "counter", 2, 10_000)]
    public void Digital_citizens_pay_less_for_residence_in_the_time_of_the_circular(string day, string channel, int assurance, long expected)
    {
        var line = ByData(In([Term(10_000)], channel: channel, assurance: assurance, day: DateOnly.Parse(day, null)));
        Assert.Equal(expected, line.Amount);
        Assert.Equal(expected < 10_000, line.Assumed);
    }

    [Theory]
    [InlineData("online", 0)]
    [InlineData("counter", 100_000)]
    public void Household_businesses_register_online_for_nothing(string channel, long expected) =>
        Assert.Equal(expected, ByData(In([Term(100_000)], "1.001612", channel)).Amount);

    [Theory]
    [InlineData("merit", "CIVIL_STATUS_MERIT")]
    [InlineData("poorHousehold", "CIVIL_STATUS_POOR")]
    [InlineData("disabled", "CIVIL_STATUS_DISABLED")]
    public void Civil_status_is_free_for_who_proves_to_belong_to_a_category(string category, string rule)
    {
        var line = ByData(In([Term(15_000)], CivilStatus, "counter", claims: Claim(category)));
        Assert.Equal((0, rule, false), (line.Amount, line.ReductionRule, line.Assumed));
        Assert.Equal(15_000, ByData(In([Term(15_000)], CivilStatus, "counter", claims: Claim(category, documents: 0))).Amount);
        Assert.Equal(8_000, ByData(In([Term(8_000, "phi")], CivilStatus, "counter", claims: Claim(category))).Amount);
    }

    [Fact]
    public void Land_which_the_province_prices_is_lessened_by_nothing_that_is_known() =>
        Assert.Equal(100_000, ByData(In([Term(100_000)], "1.013978", assurance: 2, claims: Claim("merit"))).Amount);

    [Theory]
    [InlineData("Production", null, 10_000)]
    [InlineData("Production", true, 5_000)]
    [InlineData("Development", null, 5_000)]
    [InlineData("Development", false, 10_000)]
    public void What_is_assumed_is_applied_in_production_only_when_somebody_says_so(string environment, bool? apply, long expected)
    {
        var quoter = FeePolicies.Quoter(Options.Create(new FeeOptions { ApplyAssumed = apply }), new Place(environment));
        Assert.Equal(expected, Assert.Single(quoter.Quote(In([Term(10_000)], assurance: 2)).Lines).Amount);
        Assert.Equal(0, Assert.Single(quoter.Quote(In([Term(10_000)], CivilStatus, claims: Claim("disabled"))).Lines).Amount);
    }

    private sealed class Place(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;
        public string ApplicationName { get; set; } = "test";
        public string ContentRootPath { get; set; } = "/";
        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
