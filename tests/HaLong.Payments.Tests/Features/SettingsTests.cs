using System.ComponentModel.DataAnnotations;
using HaLong.Payments.NationalPortal;
using Microsoft.Extensions.Hosting.Internal;

namespace HaLong.Payments.Tests.Features;

/// <summary>What settings mean and which are refused, without a start.</summary>
public sealed class SettingsTests
{
    [Fact]
    public void A_procedure_has_its_own_lifetime_or_the_common_one()
    {
        var options = new PaymentOptions { Lifetime = TimeSpan.FromDays(10) };
        options.Lifetimes["1.013978"] = TimeSpan.FromDays(30);
        Assert.Equal((30, 10, 10), (options.LifetimeOf("1.013978").Days, options.LifetimeOf("1.004222").Days, options.LifetimeOf("").Days));
    }

    [Theory]
    [InlineData("00:00:01", true)]
    [InlineData("366.00:00:00", true)]
    [InlineData("00:00:00.999", false)]
    [InlineData("366.00:00:00.001", false)]
    [InlineData("-1.00:00:00", false)]
    public void A_lifetime_is_between_a_second_and_a_year(string lifetime, bool good)
    {
        var options = new PaymentOptions();
        options.Lifetimes["1.004222"] = TimeSpan.FromDays(1);
        options.Lifetimes["1.013978"] = TimeSpan.Parse(lifetime, null);
        Assert.Equal(good ? [] : ["Payments:Lifetimes:1.013978 must be between a second and 366 days."], Faults(options));
        Assert.Equal(good, Faults(new PaymentOptions { Lifetime = TimeSpan.Parse(lifetime, null) }).Count == 0);
    }

    [Fact]
    public void What_nobody_configures_is_fine() => Assert.All(new object[] { new PaymentOptions(), new BankOptions(), new PortalOptions() }, o => Assert.Empty(Faults(o)));

    [Theory]
    [InlineData("06658", "phi", "3511")]
    [InlineData("06658", "lePhi", null)]
    [InlineData("06658", "duty", null)]
    [InlineData("99999", "phi", null)]
    [InlineData("99999", "lePhi", "7111")]
    public void A_fee_is_owed_where_its_unit_says_and_the_common_account_says_it_for_units_without(string unit, string kind, string? account)
    {
        var options = new BeneficiaryOptions();
        options.Units["06658"] = new CollectingAccount { Bin = "970436", Account = "1", Name = "A", Phi = new BeneficiaryAccount { Bin = "970405", Account = "3511", Name = "KBNN" } };
        options.Default.LePhi = new BeneficiaryAccount { Bin = "970405", Account = "7111", Name = "KBNN" };
        Assert.Equal(account, options.OwedTo(unit, kind)?.Account);
        Assert.Equal(unit == "06658" ? "1" : "0011000000001", options.For(unit).Account);
    }

    [Theory]
    [InlineData("970436", "123", "A", null)]
    [InlineData("970436", "0123456789ABCDEFabc", "A", null)]
    [InlineData("97043", "123", "A", ":Bin")]
    [InlineData("97043x", "123", "A", ":Bin")]
    [InlineData("９７０４３６", "123", "A", ":Bin")]
    [InlineData("970436", "", "A", ":Account")]
    [InlineData("970436", "01234567890123456789", "A", ":Account")]
    [InlineData("970436", "12-3", "A", ":Account")]
    [InlineData("970436", "123", "", ":Name")]
    public void An_account_that_a_code_cannot_carry_is_named_wherever_it_stands(string bin, string account, string name, string? wrong)
    {
        var (options, owed) = (new BeneficiaryOptions(), new BeneficiaryAccount { Bin = bin, Account = account, Name = name });
        options.Units["06658"] = new CollectingAccount { Bin = bin, Account = account, Name = name, Phi = owed, LePhi = owed };
        var faults = new BeneficiaryOptionsCheck(new HostingEnvironment { EnvironmentName = "Development" }).Validate(null, options).Failures ?? [];
        string[] keys = wrong is null ? [] : ["Beneficiaries:Units:06658" + wrong, "Beneficiaries:Units:06658:Phi" + wrong, "Beneficiaries:Units:06658:LePhi" + wrong];
        Assert.Equal(keys, faults.Select(f => f.Split(' ')[0]));
    }

    [Fact]
    public void In_production_no_account_may_be_assumed_not_even_one_that_is_owed_to()
    {
        var options = new BeneficiaryOptions { Default = new CollectingAccount { Bin = "970436", Account = "1", Name = "A", LePhi = new BeneficiaryAccount { Bin = "970405", Account = "2", Name = "B", Assumed = true } } };
        Assert.True(new BeneficiaryOptionsCheck(new HostingEnvironment { EnvironmentName = "Staging" }).Validate(null, options).Succeeded);
        var refused = new BeneficiaryOptionsCheck(new HostingEnvironment { EnvironmentName = "Production" }).Validate(null, options);
        Assert.StartsWith("Beneficiaries:Default:LePhi is marked Assumed", Assert.Single(refused.Failures!), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lab", "sixteen-letters!", "notice", 0)]
    [InlineData("lab", "sixteen-letters!", "statement", 0)]
    [InlineData("lab", "fifteen-letters", "notice", 1)]
    [InlineData("lab", "sixteen-letters!", "Statement", 1)]
    [InlineData("portal", "", "fax", 3)]
    public void A_bank_has_a_key_a_shape_and_a_name_that_is_not_taken(string name, string secret, string shape, int faults)
    {
        var options = new BankOptions();
        options.Providers[name] = new BankProvider { Secret = secret, Shape = shape };
        var result = new BankOptionsCheck().Validate(null, options);
        Assert.Equal(faults, result.Failures?.Count() ?? 0);
        Assert.All(result.Failures ?? [], f => Assert.StartsWith("Bank:Providers:" + name, f, StringComparison.Ordinal));
    }

    private static List<string> Faults(object options)
    {
        var found = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), found, validateAllProperties: true);
        return found.ConvertAll(f => f.ErrorMessage ?? "");
    }
}
