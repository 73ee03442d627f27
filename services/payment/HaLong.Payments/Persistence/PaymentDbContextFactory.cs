using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace HaLong.Payments.Persistence;

/// <summary>For the migration tool only: builds the model without servers or settings.</summary>
internal sealed class PaymentDbContextFactory : IDesignTimeDbContextFactory<PaymentDbContext>
{
    public PaymentDbContext CreateDbContext(string[] args) => new(
        new DbContextOptionsBuilder<PaymentDbContext>().UseNpgsql("Host=design-time").UseSnakeCaseNamingConvention().Options);
}
