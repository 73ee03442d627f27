namespace HaLong.Payments.Tests;

/// <summary>Tests of cash and reconciliation share one host; those of reconciliation keep to days of their own.</summary>
[CollectionDefinition(Name)]
public sealed class AtTheCounter : ICollectionFixture<PaymentFixture>
{
    public const string Name = "counter";
}
